import { keyText } from '../gate/finding.ts';
import type { Region } from '../gate/finding.ts';
import type { GateReport, JudgedFinding } from '../gate/gate.ts';
import { rules, type Rule } from '../gate/rules.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json';
const sourceRoot = '%SRCROOT%';

/**
 * The findings as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), for code scanning. Known ones are
 * among them with their state; those that are gone are not, for readers that know no states would show them as present.
 */
export function checkSarif({ findings, isCompared, problems }: GateReport): string {
  const run = {
    tool: { driver: { name: 'tree-unifier', rules: rules.map(ruleOf) } },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [sourceRoot]: { description: { text: 'The root of the workspace.' } } },
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: problems.map(({ path, message }) => ({
          level: 'warning',
          message: { text: message },
          ...(path === undefined ? {} : { locations: [{ physicalLocation: { artifactLocation: location(path) } }] }),
        })),
      },
    ],
    results: withOrdinals(findings).map(([finding, ordinal]) => resultOf(finding, ordinal, isCompared)),
  };
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

function ruleOf({ id, title, help, level }: Rule): object {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: `${title} ${help}` },
    help: { text: help },
    defaultConfiguration: { level },
  };
}

function resultOf(finding: JudgedFinding, ordinal: number, isCompared: boolean): object {
  const { rule, level, message, path, region, related = [], kind, category } = finding;
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level,
    message: { text: message },
    locations: [physical(path, region)],
    ...(related.length === 0 ? {} : { relatedLocations: related.map((one) => physical(one)) }),
    partialFingerprints: { 'treeUnifierFinding/v1': fingerprint(`${keyText(finding)}#${ordinal}`) },
    ...(isCompared ? { baselineState: finding.new ? 'new' : 'unchanged' } : {}),
    properties: { kind, category },
  };
}

function physical(path: string, region?: Region): object {
  return {
    physicalLocation: {
      artifactLocation: location(path),
      ...(region === undefined ? {} : { region: regionOf(region) }),
    },
  };
}

function regionOf({ line, column, endLine, endColumn }: Region): object {
  return { startLine: line, startColumn: column, endLine, ...(endColumn === undefined ? {} : { endColumn }) };
}

/** A relative URI reference (RFC 3986): `docs/%C3%9Cberblick%20alt.md`. */
function location(path: string): object {
  return { uri: path.split('/').map(encodeSegment).join('/'), uriBaseId: sourceRoot };
}

/** A lone surrogate, which a file name on Windows may hold, has no UTF-8. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

/** Which of several findings with one key it is, from 0, in their order. */
function withOrdinals(findings: readonly JudgedFinding[]): [JudgedFinding, number][] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const key = keyText(finding);
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return [finding, ordinal];
  });
}

/**
 * 64 bits as 16 hexadecimal digits, by FNV-1a over the UTF-16 units: the same on every machine, and the same for a finding
 * that moved to another line. Nobody is kept out by it, so it need not be hard to forge.
 */
function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let at = 0; at < text.length; at++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
