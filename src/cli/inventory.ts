import { inventoryJson, inventoryMarkdown, inventoryText, visible } from '../engine/index.ts';
import type { Inventory, Session } from '../engine/index.ts';
import type { Command, CommandContext } from './command.ts';

export const inventoryCommand: Command = {
  name: 'inventory',
  summary: 'compare the two trees, file by file',
  options: [],
  run: async (context) => {
    const session = await context.open();
    context.progress('Comparing the trees…');
    const inventory = await session.inventory();
    return { output: await format(inventory, session, context), exitCode: isClean(inventory) ? 0 : 1 };
  },
};

async function format(inventory: Inventory, session: Session, context: CommandContext): Promise<string> {
  if (context.format === 'json') return inventoryJson(inventory);
  if (context.format === 'text') return inventoryText(visible(inventory), context.paint);
  context.progress('Looking for references…');
  const [references, canonicalUses] = [await session.references(), await session.canonicalUses()];
  return inventoryMarkdown(visible({ inventory, references, canonicalUses }));
}

function isClean({ pairs }: Inventory): boolean {
  return pairs.every(({ counts }) => counts.diverged + counts.legacyOnly + counts.canonicalOnly === 0);
}
