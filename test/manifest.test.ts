import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  commandIds,
  contextKeys,
  phaseKey,
  problemEditor,
  problemScheme,
  settingNames,
  stepIds,
  toolNames,
  viewIds,
  walkthroughId,
} from '../src/editor/ids.ts';
import { parseConfig, phaseIds } from '../src/engine/index.ts';

interface Manifest {
  readonly contributes: {
    readonly customEditors: readonly { viewType: string; selector: readonly { filenamePattern: string }[] }[];
    readonly commands: readonly { command: string; category?: string; enablement?: string }[];
    readonly configuration: { readonly properties: Record<string, Setting> };
    readonly keybindings: readonly { command: string }[];
    readonly menus: Record<string, readonly { command: string; when?: string }[]>;
    readonly views: { readonly treeUnifier: readonly { id: string }[] };
    readonly viewsWelcome: readonly { contents: string }[];
    readonly languageModelTools: readonly { name: string; modelDescription: string }[];
    readonly walkthroughs: readonly { id: string; steps: readonly Step[] }[];
  };
}

interface Step {
  readonly id: string;
  readonly description: string;
  readonly completionEvents: readonly string[];
  readonly media: { readonly svg: string; readonly altText: string };
}

interface Setting {
  readonly default: unknown;
  readonly scope: string;
  readonly markdownDescription?: string;
}

const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
const { contributes } = JSON.parse(text) as Manifest;
const commands = contributes.commands.map(({ command }) => command);

describe('the manifest', () => {
  it('gives every setting the default that the engine has', () => {
    const { config } = parseConfig({});
    // Empty is what is found: the base in the history, the task file by the trees.
    const expected: Record<string, unknown> = { ...config, mergeBase: '', taskFile: '' };
    delete expected['pairsAreSet'];
    const found = Object.entries(contributes.configuration.properties).map(([name, setting]) => [
      name.replace('treeUnifier.', ''),
      setting.default,
    ]);
    assert.deepEqual(Object.fromEntries(found), expected);
    assert.deepEqual(found.map(([name]) => name).sort(), [...settingNames].sort());
  });

  it('has defaults that the engine has nothing to say about', () => {
    const settings = Object.entries(contributes.configuration.properties);
    const given = Object.fromEntries(settings.map(([name, { default: value }]) => [name.slice(12), value]));
    assert.deepEqual(parseConfig(given).problems, []);
  });

  it('describes every setting, each for a folder of its own', () => {
    for (const [name, { scope, markdownDescription = '' }] of Object.entries(contributes.configuration.properties)) {
      assert.equal(scope, 'resource', name);
      assert.match(markdownDescription, /^[A-Z].*\.$/su, name);
    }
  });

  it('gives every command a category and an enablement', () => {
    for (const { command, category, enablement } of contributes.commands) {
      assert.deepEqual([category, typeof enablement], ['Backend Trees', 'string'], command);
    }
  });

  it('names only commands, views and context keys that the code has', () => {
    const known: readonly string[] = Object.values(commandIds);
    assert.deepEqual(
      commands.filter((command) => !known.includes(command)),
      [],
    );
    assert.deepEqual(
      contributes.views.treeUnifier.map(({ id }) => id),
      Object.values(viewIds),
    );
    const keys: readonly string[] = Object.values(contextKeys);
    const used = [...text.matchAll(/"(?:when|enablement)": "([^"]*)"/gu)].flatMap(([, when = '']) =>
      [...when.matchAll(/(?<!== )\btreeUnifier\.\w+/gu)].map(([key]) => key),
    );
    assert.deepEqual(
      used.filter((key) => !keys.includes(key)),
      [],
    );
  });

  it('lets no command that writes or starts a program run in Restricted Mode', () => {
    const guarded = contributes.commands.filter(({ enablement = '' }) => enablement.includes('isWorkspaceTrusted'));
    assert.deepEqual(guarded.map(({ command }) => command).sort(), [
      commandIds.applyPhase,
      commandIds.completeMerge,
      commandIds.merge,
      commandIds.previewPhase,
      commandIds.resolveConflict,
      commandIds.resolveInterrupted,
      commandIds.restoreCheckpoint,
      commandIds.takeCanonical,
      commandIds.takeCanonicalHunk,
      commandIds.takeLegacy,
      commandIds.takeLegacyHunk,
      commandIds.verifyBackends,
      commandIds.writeMarkers,
    ]);
  });

  it('has no menu item, key and link without its command', () => {
    const items = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].map(
      ({ command }) => command,
    );
    const links = contributes.viewsWelcome.flatMap(({ contents }) =>
      [...contents.matchAll(/command:(treeUnifier\.\w+)/gu)].map(([, command]) => command ?? ''),
    );
    assert.deepEqual(
      [...items, ...links].filter((command) => !commands.includes(command)),
      [],
    );
  });

  it('keeps commands that need a row or a file out of the palette', () => {
    const hidden = contributes.menus['commandPalette']?.filter(({ when }) => when === 'false');
    assert.deepEqual(hidden?.map(({ command }) => command).sort(), [
      commandIds.compareCopies,
      commandIds.openCanonical,
      commandIds.openLegacy,
      commandIds.openTarget,
      commandIds.verifyCheck,
    ]);
  });

  it('describes the tools that the code registers', () => {
    assert.deepEqual(
      contributes.languageModelTools.map(({ name }) => name),
      toolNames,
    );
  });

  it('opens the address of a problem with the editor that the code registers', () => {
    assert.deepEqual(
      contributes.customEditors.map(({ viewType, selector }) => [viewType, selector]),
      [[problemEditor, [{ filenamePattern: `${problemScheme}:/**` }]]],
    );
  });

  describe('its walkthrough', () => {
    const steps = contributes.walkthroughs.filter(({ id }) => id === walkthroughId).flatMap((one) => one.steps);

    it('links to commands that there are, about phases that there are', () => {
      for (const { id, description } of steps) {
        for (const [, link = '', argument] of description.matchAll(/\(command:([\w.]+)(?:\?([^)]*))?\)/gu)) {
          const view = Object.values(viewIds).some((name) => link === `${name}.focus`);
          assert.ok(view || commands.includes(link), `${id}: ${link}`);
          if (argument !== undefined) assert.deepEqual(JSON.parse(decodeURIComponent(argument)), [id]);
        }
      }
    });

    // VS Code never ticks by an expression that holds already when it learns of the walkthrough. Of these two one does not:
    // it comes to hold when the page is opened, or left.
    it('ticks its steps by measured state, whenever that was measured', () => {
      const keyOf = (id: string): string =>
        ({ [stepIds.choose]: contextKeys.hasPair, [stepIds.keep]: contextKeys.unified })[id] ??
        `${phaseKey(id)} == done`;
      assert.deepEqual(
        steps.map(({ id, completionEvents }) => [id, completionEvents]),
        [stepIds.choose, ...phaseIds, stepIds.keep].map((id) => [
          id,
          ['==', '!='].map((is) => `onContext:${keyOf(id)} && activeEditor ${is} gettingStartedPage`),
        ]),
      );
    });

    it('has a picture for each step that VS Code can show', () => {
      for (const { media } of steps) {
        const svg = readFileSync(new URL(`../${media.svg}`, import.meta.url), 'utf8');
        assert.ok(svg.length < 8192, media.svg);
        assert.doesNotMatch(svg, /style=|<style|<script/u);
        assert.match(svg, /<title[^>]*>[^<]+<\/title>/u);
        assert.notEqual(media.altText, '');
      }
    });
  });
});
