import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { JSHandle, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../../host/browser.ts';
import { ROOT } from '../../host/cache.ts';
import { startServer } from '../../host/server.ts';
import { noteUse } from '../../host/uses.ts';

export interface OpenOptions {
  readonly userSettings?: Readonly<Record<string, unknown>>;
  /** True: the folder is opened untrusted, in restricted mode. */
  readonly workspaceTrust?: boolean;
  /** Installed packages to look at instead of the extension under development. */
  readonly extensionsDir?: string;
  /** A workspace file in the folder, to be opened instead of it. */
  readonly workspaceFile?: string;
  /** False: the folder has no tree pair, so that the status bar will never show one. */
  readonly hasPair?: boolean;
}

export interface TreeItem {
  readonly label: string;
  readonly description: string;
  /** What a screen reader says. */
  readonly spoken: string;
  /** From 1. */
  readonly level: number;
  /** Undefined: it has no children. */
  readonly expanded: boolean | undefined;
}

/** What is asked of an element inside the page, whose types are not here. */
export interface PageElement {
  readonly textContent: string;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
}

const THEMES = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  highContrast: 'Dark High Contrast',
  highContrastLight: 'Light High Contrast',
} as const;

export type Theme = keyof typeof THEMES;
const NOT_COPIED = 'nothing copied yet';
const VIEWPORT = { width: 1400, height: 900 };

/** The limit of every single wait. Generous, since a slow machine is no failure; a wait ends when its condition holds. */
const WAIT_MS = 60_000;

/** VS Code on a folder, seen and used as a person would: through what is on screen. Every method waits for its effect. */
export class Workbench {
  readonly page: Page;
  readonly folder: string;
  readonly #close: () => Promise<void>;

  /** From the workbench being there to the extension's first results; 0 where there is no pair. */
  readonly measuredAfterMs: number;

  private constructor(page: Page, folder: string, measuredAfterMs: number, close: () => Promise<void>) {
    this.measuredAfterMs = measuredAfterMs;
    this.page = page;
    this.folder = folder;
    this.#close = close;
  }

  /** Opens a folder and returns when the extension has measured it, which its item in the status bar shows. */
  static async open(folder: string, options: OpenOptions = {}): Promise<Workbench> {
    const server = await startServer({ folder, extensionDir: ROOT, ...options });
    const browser = await launchBrowser();
    const close = async (): Promise<void> => {
      await browser.close();
      await server.stop();
    };
    try {
      const context = await browser.newContext({
        viewport: VIEWPORT,
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      const page = await context.newPage();
      page.setDefaultTimeout(WAIT_MS);
      await page.goto(server.url);
      await page.locator('.monaco-workbench').waitFor();
      const there = performance.now();
      await viewTab(page, 'Backend Trees').waitFor();
      if (options.hasPair === false) return new Workbench(page, folder, 0, close);
      await statusItem(page).waitFor();
      return new Workbench(page, folder, Math.round(performance.now() - there), close);
    } catch (error) {
      await close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#close();
  }

  /** Runs a command by its full title in the palette (`Backend Trees: Refresh`). Does not wait for the command's end. */
  async runCommand(title: string): Promise<void> {
    await this.#openQuickInput(`>${title}`);
    await this.pick(title);
  }

  /** Chooses an entry of the open quick pick by its label. */
  async pick(label: string): Promise<void> {
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    await rows
      .filter({ has: this.#exactly('.label-name', label) })
      .first()
      .click();
  }

  /** Brings a view container of the activity bar or of the panel to the front. */
  async openView(title: string): Promise<void> {
    const tab = viewTab(this.page, title);
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click(); // a click on the front one would hide it
    await this.page.locator('.part.sidebar .title-label, .part.panel .action-item.checked').getByText(title).waitFor();
  }

  /** The extension's item in the status bar. */
  statusItem(): Locator {
    return statusItem(this.page);
  }

  tree(view: string): Locator {
    return this.page.getByRole('tree', { name: view, exact: true });
  }

  treeItem(view: string, label: string): Locator {
    return this.tree(view)
      .getByRole('treeitem')
      .filter({ has: this.#exactly('.label-name', label) })
      .first();
  }

  /** The rows of a tree that are on screen, once there is one. A long tree is only drawn in part. */
  async treeItems(view: string): Promise<TreeItem[]> {
    const rows = this.tree(view).getByRole('treeitem');
    await rows.first().waitFor();
    noteUse('view', view);
    return await rows.evaluateAll((all: readonly PageElement[]) =>
      all.map((row) => {
        const text = (selector: string): string =>
          [...row.querySelectorAll(selector)]
            .map((one) => one.textContent)
            .join(' ')
            .trim();
        const expanded = row.getAttribute('aria-expanded');
        return {
          label: text('.label-name'),
          description: text('.label-description'),
          spoken: row.getAttribute('aria-label') ?? '',
          level: Number(row.getAttribute('aria-level')),
          expanded: expanded === null ? undefined : expanded === 'true',
        };
      }),
    );
  }

  /** What a view without rows says, a paragraph each, and what its buttons offer. */
  async welcome(view: string): Promise<{ readonly text: readonly string[]; readonly buttons: readonly string[] }> {
    // The header of a view that is alone is hidden.
    const pane = this.page.locator('.pane', { has: this.page.locator(`.pane-header[aria-label^="${view} "]`) });
    const content = pane.locator('.welcome-view-content');
    await content.locator('p').first().waitFor();
    const text = await content.locator('p').allInnerTexts();
    noteUse('welcome', text[0] ?? '');
    return { text, buttons: await content.locator('.monaco-button').allInnerTexts() };
  }

  /** Expands the rows with these labels, each below the one before. */
  async expand(view: string, ...labels: string[]): Promise<void> {
    for (const label of labels) {
      const item = this.treeItem(view, label);
      await item.waitFor();
      if ((await item.getAttribute('aria-expanded')) === 'false') await item.locator('.monaco-tl-twistie').click();
      await item.and(this.page.locator('[aria-expanded="true"]')).waitFor();
    }
  }

  /** Clicks the last of the labels after expanding those before it. */
  async clickTreeItem(view: string, ...labels: string[]): Promise<void> {
    for (const [index, label] of labels.entries()) {
      const item = this.treeItem(view, label);
      await item.waitFor();
      if (index === labels.length - 1) await item.click();
      else if ((await item.getAttribute('aria-expanded')) === 'false') await item.locator('.monaco-tl-twistie').click();
    }
  }

  /** Presses a button that a row shows while the mouse is over it. */
  async pressInRow(view: string, label: string, button: string): Promise<void> {
    const row = this.treeItem(view, label);
    await row.hover();
    await row.getByRole('button', { name: button, exact: true }).click();
  }

  /** Opens a file of the folder (path with `/`), the cursor at a line and column from 1. */
  async openFile(path: string, line = 1, column = 1): Promise<void> {
    await this.#openQuickInput(`${join(this.folder, path)}:${line}:${column}`);
    const name = path.slice(path.lastIndexOf('/') + 1);
    await this.pick(name);
    await this.page.locator('.tab.active').getByText(name, { exact: true }).first().waitFor();
    await this.page.locator('.part.statusbar').getByText(`Ln ${line}, Col ${column}`).waitFor();
    await this.#focusedEditor().waitFor();
  }

  /** The whole text of the active editor, by way of the clipboard: only a part of a long file is drawn. */
  async editorText(): Promise<string> {
    await this.runCommand('View: Focus Active Editor Group');
    await this.#focusedEditor().waitFor();
    await this.page.evaluate(`navigator.clipboard.writeText('${NOT_COPIED}')`);
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.press('ControlOrMeta+C');
    const text = `navigator.clipboard.readText().then((text) => text !== '${NOT_COPIED}' && { text })`;
    const copied = (await this.page.waitForFunction(text)) as JSHandle<{ text: string }>;
    return (await copied.jsonValue()).text;
  }

  /** Opens the light bulb's menu at the cursor, returns its labels, and takes one of them if asked to. */
  async lightBulb(choose?: string): Promise<string[]> {
    await this.#focusedEditor().waitFor(); // the key goes to what has the focus
    // The bulb shows that the actions are known; a menu opened before is closed again when they come.
    await this.page.locator('.editor-group-container.active .monaco-editor [class*="lightbulb" i]').first().waitFor();
    await this.page.keyboard.press('ControlOrMeta+.');
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    await rows.first().waitFor();
    const labels = (await rows.locator('.title').allInnerTexts()).map((label) => label.trim());
    if (choose === undefined) await this.page.keyboard.press('Escape');
    else await rows.filter({ has: this.#exactly('.title', choose) }).click();
    await rows.first().waitFor({ state: 'hidden' });
    return labels;
  }

  /** How many files are not saved, as the explorer's badge says. */
  async unsavedFiles(): Promise<number> {
    const [tab] = await this.#unsaved().all();
    return Number(/(\d+) unsaved file/u.exec((await tab?.getAttribute('aria-label')) ?? '')?.[1] ?? 0);
  }

  #unsaved(): Locator {
    return this.page.locator('.composite-bar').getByRole('tab', { name: /unsaved file/ });
  }

  /** Waits until something is unsaved (the explorer's badge says so), and saves it. */
  async saveAll(): Promise<void> {
    const unsaved = this.#unsaved();
    await unsaved.waitFor();
    await this.runCommand('File: Save All Files');
    await unsaved.waitFor({ state: 'detached' });
  }

  /** Waits for a notification that contains the text, and returns its whole text. A button of it is pressed if named. */
  async waitForNotification(text: string, button?: string): Promise<string> {
    const toast = this.page.locator('.notification-toast').filter({ hasText: text }).first();
    const whole = await toast.locator('.notification-list-item-message').innerText();
    if (button !== undefined) await toast.getByRole('button', { name: button, exact: true }).click();
    return whole;
  }

  async setTheme(theme: Theme): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.#quickInput().fill(THEMES[theme]);
    await this.pick(THEMES[theme]);
    const kind = { light: '.vs', dark: '.vs-dark', highContrast: '.hc-black', highContrastLight: '.hc-light' }[theme];
    await this.page.locator(`.monaco-workbench${kind}`).waitFor();
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** A picture under `out/pictures`, for a look; with `UPDATE_PICTURES=1` one that the README shows is renewed instead. */
  async screenshot(name: string): Promise<string> {
    const shown = join(ROOT, 'media', 'screenshots');
    const isUpdate = process.env['UPDATE_PICTURES'] === '1' && (await readdir(shown)).includes(`${name}.png`);
    const dir = isUpdate ? shown : join(ROOT, 'out', 'pictures');
    await mkdir(dir, { recursive: true });
    const path = join(dir, `${name}.png`);
    await this.page.screenshot({ path, animations: 'disabled', caret: 'hide' });
    return path;
  }

  /** Elements whose whole text is this. Unlike `getByText` it sees through the spans that highlight a match. */
  #exactly(selector: string, text: string): Locator {
    return this.page.locator(selector).filter({ hasText: new RegExp(`^\\s*${escape(text)}\\s*$`) });
  }

  #focusedEditor(): Locator {
    return this.page.locator('.editor-group-container.active .monaco-editor.focused').first();
  }

  async #openQuickInput(text: string): Promise<void> {
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' }); // the one before is gone
    await this.page.keyboard.press('F1');
    await this.#quickInput().fill(text);
  }

  #quickInput(): Locator {
    return this.page.locator('.quick-input-box input');
  }
}

function viewTab(page: Page, title: string): Locator {
  return page.locator('.composite-bar').getByRole('tab', { name: new RegExp(`^${escape(title)}\\b`) });
}

function statusItem(page: Page): Locator {
  return page.locator('.part.statusbar [id$="treeUnifier.counts"]');
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
