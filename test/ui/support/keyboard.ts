import type { Locator, Page } from 'playwright-core';
import { noteUse } from '../../host/uses.ts';

/** More steps than any list of the tests has rows: a walk that goes on is going in a circle. */
const MANY_STEPS = 200;

/** VS Code used with keys alone. Every method waits until what it is to press on is there and has the focus. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** One key, or several one after the other: `Control+K Alt+L`. */
  async press(keys: string): Promise<void> {
    for (const key of keys.split(' ')) await this.#page.keyboard.press(key);
    noteUse('keybinding', keys.toLowerCase().replaceAll('control', 'ctrl'));
  }

  /** A command of the palette by its whole title. */
  async command(title: string): Promise<void> {
    await this.#page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await this.press('F1');
    await this.#page.locator('.quick-input-box input:focus').waitFor();
    await this.#page.keyboard.type(title);
    await this.choose(title);
  }

  /** Walks to the entry of the open quick pick with this label, and takes it. */
  async choose(label: string): Promise<void> {
    const rows = this.#page.locator('.quick-input-list .monaco-list-row');
    await rows
      .filter({ has: this.#page.locator('.label-name', { hasText: label }) })
      .first()
      .waitFor();
    await this.#walk(
      'ArrowDown',
      rows.and(this.#page.locator('.focused')),
      async (row) => (await row.locator('.label-name').first().innerText()).trim() === label,
    );
    await this.press('Enter');
    await this.#page
      .locator('.quick-input-list .monaco-list-row', { hasText: label })
      .first()
      .waitFor({ state: 'hidden' });
  }

  /** Brings the focus into a view, and to the row that is spoken so; rows on the way to it are to be expanded first. */
  async walkTo(view: string, spoken: RegExp): Promise<Locator> {
    await this.command(`Backend Trees: Focus on ${view} View`);
    const tree = this.#page.getByRole('tree', { name: view, exact: true });
    await this.#page.locator(`[role=tree][aria-label="${view}"]:focus`).waitFor();
    await this.press('Home');
    return await this.#walk('ArrowDown', tree.locator('.monaco-list-row.focused'), async (row) =>
      spoken.test((await row.getAttribute('aria-label')) ?? ''),
    );
  }

  /** Opens the context menu of what has the focus, and takes the entry. */
  async menu(label: string): Promise<void> {
    await this.press('Shift+F10');
    const items = this.#page.locator('.monaco-menu .action-item');
    await items.first().waitFor();
    await this.#walk('ArrowDown', items.and(this.#page.locator('.focused')), async (item) =>
      (await item.innerText()).trim().startsWith(label),
    );
    await this.press('Enter');
    await items.first().waitFor({ state: 'hidden' });
  }

  /** Answers the dialog that asks this by its button. */
  async dialog(question: string, button: string): Promise<void> {
    const box = this.#page.locator('.monaco-dialog-box', { hasText: question });
    await box.waitFor();
    await this.#button(box, button);
    await box.waitFor({ state: 'hidden' });
  }

  /** Does what the notification with this text offers by its button. */
  async notification(text: string, button: string): Promise<void> {
    const toast = this.#page.locator('.notification-toast', { hasText: text });
    await toast.waitFor();
    await this.command('Notifications: Focus Notification Toast');
    await this.#button(toast, button);
  }

  async #button(within: Locator, label: string): Promise<void> {
    const focused = within.locator('[role=button]:focus');
    await this.#walk('Tab', focused, async (one) => (await one.innerText()).trim() === label);
    await this.press('Enter');
  }

  /** Presses a key until the element that has the focus is the one. */
  async #walk(key: string, focused: Locator, isWanted: (element: Locator) => Promise<boolean>): Promise<Locator> {
    for (let step = 0; step < MANY_STEPS; step++) {
      if ((await focused.count()) > 0 && (await isWanted(focused.first()))) return focused.first();
      await this.press(key);
    }
    throw new Error(`Nothing of the kind is reached by ${key}: ${(await focused.allInnerTexts()).join()}`);
  }
}
