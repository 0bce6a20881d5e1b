/** A picture or a link, with the line breaks after a picture that stands alone. */
const LINK = /(?<image>!?)\[(?<text>[^\]]*)\]\((?<target>[^)\s]+)\)(?<rest>\n*)/gu;
const LEADS_ELSEWHERE = /^(?:[a-z]+:|#)/iu;

/**
 * The README for where it cannot reach its repository: VS Code's page of an extension shows no picture but from an
 * address in the network (not even one inside the text), and follows no relative link. Such pictures are left out, and
 * such links become plain text.
 */
export function readmeWithoutAddress(readme: string): string {
  return readme.replace(LINK, (whole, image: string, text: string, target: string, rest: string) => {
    if (LEADS_ELSEWHERE.test(target)) return whole;
    return image === '' ? text + rest : '';
  });
}
