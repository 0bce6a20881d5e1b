import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/**
 * What the accessibility checker axe finds wrong in these elements, in whatever state they are now: the rule and the
 * element it is broken by, each once. `color-contrast on span.label-description`.
 */
export async function violations(page: Page, selector: string): Promise<string[]> {
  await install(page);
  const options = JSON.stringify({ resultTypes: ['violations'] });
  const run = `axe.run(${JSON.stringify(selector)}, ${options})`;
  const result = await page.evaluate<{ readonly violations: readonly Violation[] }>(run);
  return [
    ...new Set(result.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} on ${nameOf(html)}`))),
  ].sort();
}

/** How much each of these elements stands out from what is behind it, by its codicon: the ratio of WCAG. */
export async function iconContrasts(page: Page, selector: string): Promise<Record<string, number>> {
  await install(page);
  return await page.evaluate(`(() => {
    const { Color, getBackgroundColor, getContrast } = axe.commons.color;
    axe.setup(document);
    const found = {};
    for (const icon of document.querySelectorAll(${JSON.stringify(selector)})) {
      const name = [...icon.classList].find((one) => /^codicon-/.test(one));
      const color = new Color();
      color.parseString(getComputedStyle(icon).color);
      const contrast = getContrast(getBackgroundColor(icon), color);
      if (name !== undefined) found[name] = Math.min(contrast, found[name] ?? contrast);
    }
    axe.teardown();
    return found;
  })()`);
}

async function install(page: Page): Promise<void> {
  // As text: the page's own policy forbids it to load scripts.
  if (await page.evaluate(`typeof axe === 'undefined'`)) await page.evaluate(await readFile(AXE, 'utf8'));
}

/** `<div class="monaco-list-row selected" …>` → `div.monaco-list-row`. */
function nameOf(html: string): string {
  const tag = /^<([\w-]+)/u.exec(html)?.[1] ?? '';
  const [first] = (/^<[^>]*\sclass="([^"]*)"/u.exec(html)?.[1] ?? '').split(' ');
  return first === undefined || first === '' ? tag : `${tag}.${first.replace(/\.{3}$/u, '')}`; // axe cuts long ones
}
