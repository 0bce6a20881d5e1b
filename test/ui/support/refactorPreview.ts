import type { Locator } from 'playwright-core';
import type { Workbench } from './workbench.ts';

/** VS Code's refactor preview in the panel, used as a person would. */
export class RefactorPreview {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  /** Resolves when it is there. */
  async opened(): Promise<void> {
    await this.#rows().first().waitFor();
  }

  /** Clears the tick of a file, and with it that of all its changes. The file must be on screen. */
  async untick(fileName: string): Promise<void> {
    await this.#rows().filter({ hasText: fileName }).first().locator('.edit-checkbox').uncheck();
  }

  /** Sets every tick, going down row by row with the keyboard: only rows on screen are drawn. */
  async tickAll(): Promise<void> {
    const { keyboard } = this.#workbench.page;
    await this.#rows().first().locator('.label-name').click();
    for (let index = 0; ; index += 1) {
      const row = this.#list().locator(`.monaco-list-row.focused[data-index="${index}"]`);
      await row.waitFor();
      if (!(await row.locator('.edit-checkbox').isChecked())) {
        await keyboard.press('Space');
        await row.locator('.edit-checkbox.checked').waitFor();
      }
      if ((await row.getAttribute('data-last-element')) === 'true') return;
      await keyboard.press('ArrowDown');
    }
  }

  async apply(): Promise<void> {
    await this.#end('Apply');
  }

  async discard(): Promise<void> {
    await this.#end('Discard');
  }

  async #end(button: string): Promise<void> {
    const panel = this.#workbench.page.locator('.part.panel');
    await panel.getByRole('button', { name: button, exact: true }).click();
    await this.#list().waitFor({ state: 'hidden' });
  }

  #list(): Locator {
    return this.#workbench.page.locator('.bulk-edit-panel .monaco-list').first();
  }

  #rows(): Locator {
    return this.#list().locator('.monaco-list-row');
  }
}
