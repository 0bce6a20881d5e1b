/** Variables that programs and their libraries need to run at all; nothing else of ours is handed on. */
const HANDED_ON =
  /^(?:PATH|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|HOME|USERPROFILE|SYSTEMROOT|WINDIR|COMSPEC|PATHEXT|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES|VIRTUAL_ENV|CONDA_PREFIX|PYENV_VERSION|PYENV_ROOT|DOCKER_CONFIG)$/iu;

/** Of our own environment what a program needs that we start. */
export function neededVariables(inherited: NodeJS.ProcessEnv): Record<string, string> {
  const handed = Object.entries(inherited).filter(([name, value]) => HANDED_ON.test(name) && value !== undefined);
  return Object.fromEntries(handed) as Record<string, string>;
}
