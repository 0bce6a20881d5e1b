/** `pkg.main` or `pkg.main:app`: names alone, so that none can be taken for an option or a path. */
const MODULE =
  /^(?<module>[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)(?::(?<attribute>[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*))?$/u;

export function readModuleName(text: string): { readonly module: string; readonly attribute?: string } | undefined {
  const { module, attribute } = MODULE.exec(text)?.groups ?? {};
  return module === undefined ? undefined : { module, ...(attribute === undefined ? {} : { attribute }) };
}

/** Variables by which a setting could make Python, or the system's loader, run something else. */
const DANGEROUS =
  /^(?:PATH|PYTHON.*|LD_.*|DYLD_.*|BASH_ENV|ENV|IFS|HOME|SHELL|PERL.*|NODE_.*|GCONV_PATH|TMPDIR|TEMP|TMP)$/iu;

export function isAllowedVariable(name: string): boolean {
  return /^[A-Za-z_]\w*$/u.test(name) && !DANGEROUS.test(name);
}
