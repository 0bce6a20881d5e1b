import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { MergedFile } from '../../../src/engine/history/merge/model.ts';
import { openSession, parseConfig } from '../../../src/engine/index.ts';
import { createFileSystem } from '../../../src/node/fileSystem.ts';
import { findGit } from '../../../src/node/git.ts';
import { makeSample, sampleFacts } from '../../fixtures/sample.ts';

describe('the three-way merge of the sample', () => {
  let root: string;
  let merged: readonly MergedFile[];

  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'sample-'));
    await makeSample(root);
    const git = await findGit(root);
    assert.ok(git !== undefined);
    const session = await openSession({ files: createFileSystem(root, { git }), git }, parseConfig({}).config);
    merged = (await session.merge())[0] ?? [];
  });
  after(async () => {
    await rm(root, { recursive: true });
  });

  const textOf = (path: string): string =>
    Buffer.from(merged.find((file) => file.path === path)?.version?.bytes ?? []).toString('utf8');
  const resulting = (...wanted: readonly string[]): MergedFile[] =>
    merged.filter(({ result }) => wanted.includes(result));

  it('gives every file that is not the same what people say of it', () => {
    assert.deepEqual(
      merged.map(({ path, result }) => ({ path, result })),
      sampleFacts.drifted.map(({ path, merge }) => ({ path, result: merge })),
    );
  });

  it('says of the four conflicts what git says', () => {
    assert.deepEqual(
      resulting('conflict').map(({ path, conflict }) => [path, conflict]),
      [
        ['routes/websocket/__init__.py', 'Merge conflict in routes/websocket/__init__.py.'],
        ['routes/websocket/manifest.py', 'Merge conflict in routes/websocket/manifest.py.'],
        ['services/generation_service.py', 'Merge conflict in services/generation_service.py.'],
        [
          'services/llm/offline.py',
          'services/llm/offline.py deleted in canonical and modified in legacy. Version legacy of services/llm/offline.py left in tree.',
        ],
      ],
    );
  });

  it('leaves what it takes from canonical byte for byte', async () => {
    for (const { path, version } of resulting('takesCanonical')) {
      const onDisk = await readFile(join(root, sampleFacts.canonical.root, path));
      assert.deepEqual(Buffer.from(version?.bytes ?? []), onDisk, path);
    }
  });

  it('writes what it takes from legacy in the canonical namespace, and nothing else of it otherwise', async () => {
    for (const { path, version } of resulting('takesLegacy')) {
      const onDisk = await readFile(join(root, sampleFacts.legacy.root, path), 'utf8');
      const text = Buffer.from(version?.bytes ?? []).toString('utf8');
      const plain = (words: string): string => words.replace(/pixsim7(?:_backend|[./]backend[./]main)/gu, 'NAME');
      assert.equal(plain(text), plain(onDisk), path);
    }
  });

  it('gives nothing for a file that the result does not hold', () => {
    assert.deepEqual(
      resulting('deleted').map(({ path, version }) => [path, version]),
      [
        ['domain/narrative/beats.py', undefined],
        ['domain/narrative/node_cache.py', undefined],
        ['services/game/leaderboard_draft.py', undefined],
      ],
    );
  });

  const texts: Readonly<Record<string, string>> = {
    'api/v1/generations.py': `"""Generations: what people asked for, and what became of it."""
from pixsim7.backend.main.api.dependencies import get_current_user_optional
from pixsim7.backend.main.services.generation_service import GenerationRequest, build_request, estimate_cost
from pixsim7.backend.main.web import HTTPError, Request, Router

router = Router(prefix="/api/v1/generations")


def describe(generation: GenerationRequest) -> dict:
    seed = sum(map(ord, generation.prompt)) % 1000
    return {"prompt": generation.prompt, "cost": estimate_cost(generation), "seed": seed}


@router.get("/example")
def example(request: Request) -> dict:
    """What a generation looks like"""
    return describe(build_request("a fox in the snow"))


@router.post("")
def create(request: Request) -> dict:
    """Ask for a generation"""
    body = request.json()
    if not isinstance(body, dict):
        raise HTTPError(422, "Expected an object")
    prompt = str(body.get("prompt", "")).strip()
    if prompt == "" and get_current_user_optional(request) is None:
        raise HTTPError(422, "Guests must say what they want")
    return describe(build_request(prompt))
`,
    'domain/narrative/story_beats.py': `"""Beats: the smallest steps of a story.

A story keeps its listeners when the beats alternate; \`alternate\` puts a list in such an order.
"""
from dataclasses import dataclass

__all__ = ["Beat", "alternate"]


@dataclass(frozen=True)
class Beat:
    text: str
    quiet: bool = False


def alternate(beats: list[Beat]) -> list[Beat]:
    loud = [beat for beat in beats if not beat.quiet]
    quiet = [beat for beat in beats if beat.quiet]
    result: list[Beat] = []
    while loud or quiet:
        if loud:
            result.append(loud.pop(0))
        if quiet:
            result.append(quiet.pop(0))
    return result
`,
    'routes/websocket/__init__.py': `<<<<<<< canonical
"""Live connection to the browser."""
||||||| base
=======
"""Live messages, with their types."""
>>>>>>> legacy
`,
    'routes/websocket/manifest.py': `<<<<<<< canonical
from pixsim7.backend.main.infrastructure.plugins import Plugin
from pixsim7.backend.main.web import Request, Router

router = Router(prefix="/ws")
PROTOCOL = "plain"


@router.get("/info")
def info(request: Request) -> dict:
    """How to connect"""
    return {"protocol": PROTOCOL, "users": []}
||||||| base
=======
from typing import get_args

from pixsim7.backend.main.infrastructure.plugins import Plugin
from pixsim7.backend.main.infrastructure.websocket.types import Kind
from pixsim7.backend.main.web import Request, Router

router = Router(prefix="/ws")


@router.get("/info")
def info(request: Request) -> dict:
    """How to connect"""
    return {"protocol": "messages", "kinds": list(get_args(Kind))}
>>>>>>> legacy


plugin = Plugin("websocket", router)
`,
    'services/generation_service.py': `"""Prepares generations."""
from dataclasses import dataclass

<<<<<<< canonical
MAX_ATTEMPTS = 2
WAIT_SECONDS = 5.0
||||||| base
MAX_ATTEMPTS = 3
WAIT_SECONDS = 1.0
=======
MAX_ATTEMPTS = 5
WAIT_SECONDS = 1.0
>>>>>>> legacy


@dataclass(frozen=True)
class GenerationRequest:
    prompt: str
    attempts: int = MAX_ATTEMPTS


def build_request(prompt: str) -> GenerationRequest:
    return GenerationRequest(" ".join(prompt.split()))


def estimate_cost(request: GenerationRequest) -> int:
    return len(request.prompt.split()) * request.attempts
`,
    'services/llm/offline.py': `"""Answers without a network."""

ANSWERS = {"hello": "Hello.", "bye": "Goodbye."}


def answer(text: str) -> str:
    return ANSWERS.get(text, "I do not know.")
`,
  };
  for (const [path, text] of Object.entries(texts)) {
    it(`makes of ${path} what a person would`, () => {
      assert.equal(textOf(path), text);
    });
  }
});
