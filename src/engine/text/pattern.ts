/** For a regular expression with the flag `u` that finds this text. Not for use inside brackets. */
export function escapePattern(text: string): string {
  // Not the hyphen: it means nothing outside brackets, and escaping what means nothing is an error.
  return text.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');
}
