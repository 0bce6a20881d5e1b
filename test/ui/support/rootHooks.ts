import { endAll } from '../../host/lifetime.ts';

/** Whatever a test left running ends with the run, so that mocha can end too. */
export const mochaHooks = { afterAll: endAll };
