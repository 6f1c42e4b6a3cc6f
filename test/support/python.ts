import { spawnSync } from 'node:child_process';

/** Whether the example in Python can be run here; a run that leaves it out says so. */
export const HAS_PYTHON = spawnSync('python3', ['--version']).status === 0;
if (!HAS_PYTHON) console.warn('\nNOT TESTED IN PYTHON: there is no python3 here.\n');
