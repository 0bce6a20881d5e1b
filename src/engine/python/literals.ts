import type { SyntaxNode } from '@lezer/common';

/** A string literal taken apart; offsets from 0 into the file's text. */
export interface Literal {
  /** `r"`, `f'''`: prefix and opening quotes. */
  readonly opener: string;
  readonly quote: string;
  readonly raw: boolean;
  readonly from: number;
  /** End of the content; the closing quotes follow. */
  readonly to: number;
}

/** Takes a `String` or `FormatString` node apart; an unclosed literal ends where its node does. */
export function readLiteral(node: SyntaxNode, text: string): Literal {
  const whole = text.slice(node.from, node.to);
  const opener = /^[A-Za-z]*(?:"""|'''|"|')/u.exec(whole)?.[0] ?? '';
  const quote = opener.replace(/^[A-Za-z]*/u, '');
  const closed = quote !== '' && whole.length >= opener.length + quote.length && whole.endsWith(quote);
  return {
    opener,
    quote,
    raw: /r/iu.test(opener),
    from: node.from + opener.length,
    to: node.to - (closed ? quote.length : 0),
  };
}
