/** All three kinds of marker, each at the start of a line: a heading underlined with `=======` alone is none. */
export function hasConflictMarkers(text: string): boolean {
  return /^<{7} /mu.test(text) && /^={7}\r?$/mu.test(text) && /^>{7} /mu.test(text);
}
