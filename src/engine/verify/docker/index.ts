import type { Check } from '../check.ts';
import { resultOf } from '../check.ts';
import { dockerFindings } from './findings.ts';
import { containersOf } from './scene.ts';

/** Whether each service's Python entry point would be imported in its container, and which tree it runs. */
export const checkDocker: Check = async (world, _, token) => resultOf(dockerFindings(await containersOf(world, token)));
