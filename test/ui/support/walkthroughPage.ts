import type { Locator } from 'playwright-core';
import { becomes } from '../../helpers/becomes.ts';
import type { Workbench } from './workbench.ts';

/** VS Code's page of our walkthrough, used as a person would. */
export class WalkthroughPage {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  async open(): Promise<void> {
    await this.#workbench.runCommand('Welcome: Open Walkthrough...');
    await this.#workbench.pick('Unify two drifted trees');
    await this.#step('choose').waitFor();
  }

  /** Presses a button of a step, or follows a link in its text, after coming back to the page. */
  async press(step: string, label: string): Promise<void> {
    await this.#comeBack();
    await this.#step(step).click();
    const button = this.#step(step).getByRole('button', { name: label, exact: true });
    await button
      .or(this.#step(step).locator('a', { hasText: label }))
      .first()
      .click();
  }

  /** Comes back to the page, and waits until these steps are ticked, and no other. */
  async becomesTicked(...steps: readonly string[]): Promise<void> {
    await this.#comeBack();
    await becomes(() => this.#ticked(), steps);
  }

  async #comeBack(): Promise<void> {
    const tab = this.#workbench.page.getByRole('tab', { name: /^Welcome\b/u });
    // A click on the tab in front would lead to the list of all walkthroughs.
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
  }

  async #ticked(): Promise<readonly string[]> {
    const boxes = this.#workbench.page.locator('.getting-started-step > .codicon[data-done-step-id]');
    const all = await Promise.all(
      (await boxes.all()).map(async (box) => ({
        step: (await box.getAttribute('data-done-step-id'))?.replace(/^.*#/u, '') ?? '',
        isTicked: (await box.getAttribute('aria-checked')) === 'true',
      })),
    );
    return all.filter(({ isTicked }) => isTicked).map(({ step }) => step);
  }

  #step(step: string): Locator {
    return this.#workbench.page.locator(`.getting-started-step[data-step-id$="#${step}"]`);
  }
}
