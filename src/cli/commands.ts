import type { Command } from './command.ts';
import { inventoryCommand } from './inventory.ts';
import { referencesCommand } from './references.ts';
import { statusCommand } from './status.ts';

export const commands: readonly Command[] = [inventoryCommand, referencesCommand, statusCommand];
