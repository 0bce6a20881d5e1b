import type { CheckFinding } from '../check.ts';
import type { ContainerVerdict, DockerReading } from './check.ts';
import { lackingText } from './outcome.ts';

/** What people are told of each service: problems, and what is worth knowing. Sorted as the compose files are. */
export function dockerFindings({ verdicts, unread, shims }: DockerReading): CheckFinding[] {
  const broken = unread.map((path): CheckFinding => ({
    ...{ path, line: 1, level: 'problem' },
    message: 'This compose file cannot be read: it is not valid YAML.',
  }));
  const findings = [...broken, ...verdicts.flatMap((verdict) => findingsOf(verdict, shims))];
  // Two services of one image are told once what is wrong with it.
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

function findingsOf(verdict: ContainerVerdict, shims: ReadonlySet<string>): CheckFinding[] {
  const { place, outcome } = verdict;
  const finding = (level: CheckFinding['level'], message: string): CheckFinding => ({ ...place, level, message });
  const who = `${verdict.service === undefined ? 'This image' : `Service ${verdict.service}`}: \`${verdict.command}\``;
  if (outcome.kind === 'fails') return [finding('problem', `${who} would fail in the container: ${outcome.reason}.`)];
  if (outcome.kind === 'unknown') return [finding('note', `${who} cannot be judged: ${outcome.why}.`)];
  const isShim = [...shims].some((root) => outcome.source.startsWith(`${root}/`));
  const origin = `${outcome.place.path}:${outcome.place.line}`;
  const how =
    outcome.how === 'mount'
      ? `mounted by ${origin}, so these are the files of local development`
      : `copied by ${origin}, so it is as it was when the image was built`;
  const wrongTree = outcome.tree === 'legacy' && !isShim;
  const tree = wrongTree ? ' It is the legacy tree, not the canonical one.' : '';
  return [
    finding(wrongTree ? 'problem' : 'note', `${who} runs ${outcome.source}, ${how}.${tree}`),
    ...outcome.lacking.map((one) => {
      const { source, at } = one.wanted;
      const mend = `${outcome.how === 'mount' ? 'Mount' : 'Copy'} ${source} to ${at} as well.`;
      return finding('problem', `${who} would fail as soon as it starts: ${lackingText(one)}. ${mend}`);
    }),
    ...aloneFindings(verdict),
  ];
}

/** A service that lives by its volumes would not run without them; nor may the image by itself. */
function aloneFindings({ service, place, command, outcome, unmounted, imageOwn }: ContainerVerdict): CheckFinding[] {
  const findings: CheckFinding[] = [];
  if (unmounted?.kind === 'fails') {
    const works = outcome.kind === 'runs' && outcome.lacking.length > 0 ? 'finds its program' : 'works';
    const message = `Service ${service ?? ''} ${works} by its volumes alone: without them \`${command}\` would fail, for ${unmounted.reason}.`;
    findings.push({ ...place, level: 'note', message });
  }
  if (imageOwn?.outcome.kind === 'fails') {
    const message = `The image by itself starts \`${imageOwn.command}\`, which would fail: ${imageOwn.outcome.reason}.`;
    findings.push({ ...imageOwn.place, level: 'note', message });
  }
  return findings;
}
