import { countCommon } from '../text/commonLines.ts';
import { decode } from '../text/decode.ts';
import type { WorkspaceFiles } from '../tree/files.ts';
import type { Names } from '../tree/names.ts';

/** Lines without their indentation, blank ones and comments left out. */
type Lines = readonly string[];

/** Decoded files, each read once. */
export class Contents {
  readonly #files: WorkspaceFiles;
  readonly #texts = new Map<string, Promise<string>>();

  constructor(files: WorkspaceFiles) {
    this.#files = files;
  }

  /** `''` for a file that is binary or cannot be read. */
  text(path: string): Promise<string> {
    const known = this.#texts.get(path);
    if (known !== undefined) return known;
    const text = this.#read(path);
    this.#texts.set(path, text);
    return text;
  }

  async #read(path: string): Promise<string> {
    const bytes = await this.#files.bytes(path);
    const decoded = bytes === undefined ? undefined : decode(bytes);
    return decoded?.kind === 'text' ? decoded.text : '';
  }
}

/** What two files have in common once both trees' names are set aside. */
export interface Common {
  /** Lines that say something; of the longer file. */
  readonly lines: number;
  /** How many of them both have. */
  readonly common: number;
}

export function commonLines(a: string, b: string, names: Names): Common {
  const [left, right] = [linesOf(a, names), linesOf(b, names)];
  return { lines: Math.max(left.length, right.length), common: countCommon(left, right) };
}

/** Brackets alone, licences and imports are alike everywhere: they tell no copy from a coincidence. */
function linesOf(text: string, names: Names): Lines {
  return names
    .setAside(text)
    .split(/\r\n|\r|\n/u)
    .map((line) => line.trim())
    .filter((line) => line.length > 3 && !/^(?:#|import |from |"""|\*)/u.test(line));
}
