import { composeRoster, DEFAULT_AGENTS } from "../../../shared/codex-format/defaults/default-roster.ts";
import { agentWriteRefusal } from "../../../shared/codex-format/documents/agent-writable.ts";
import { AGENT_FIELDS } from "../../../shared/codex-format/roster/agent-fields.ts";
import {
  addAgent,
  addRosterSection,
  agentText,
  removeAgent,
  setAgentField,
} from "../../../shared/codex-format/roster/edit-roster.ts";
import type { NewAgent, RosterAgent } from "../../../shared/codex-format/roster/roster.ts";
import type { ChangeRoster, RosterView } from "../../../shared/roster.ts";
import { Problem } from "../../platform/problem.ts";
import { isParsed, tooLargeToParse } from "../parsed-bounds.ts";
import type { WriteBytes } from "../task-log-port.ts";
import { revisionOf, staleProblem } from "../write-document.ts";
import { findRoster, type OpenRoster } from "./read-rosters.ts";
import { type RosterDependencies, rosterPath, rosterView } from "./roster-view.ts";

export interface ChangeRosterDependencies extends RosterDependencies {
  readonly writeBytes: WriteBytes;
}

interface Edit {
  readonly path: string;
  readonly expected: string | undefined;
  readonly bytes: Uint8Array;
  readonly summary: string;
}

/** @throws Problem 409 `stale`, `read-only` or `already-exists`, 404 `not-found`, 400 `bad-request` */
export async function changeRoster(
  dependencies: ChangeRosterDependencies,
  { base, change }: ChangeRoster,
): Promise<RosterView> {
  const found = await findRoster(dependencies.store, dependencies.parseRoster);
  if ((found?.document.revision ?? null) !== base) throw staleProblem(found?.document);
  const edit = editOf(found, change);
  revisionOf(
    await dependencies.writeBytes(edit.path, edit.bytes, edit.expected, { by: "person", summary: edit.summary }),
  );
  return rosterView(dependencies);
}

function editOf(found: OpenRoster | undefined, change: ChangeRoster["change"]): Edit {
  switch (change.type) {
    case "adopt":
      return adopt(found, change.into);
    case "add-offered":
      return add(found, { type: "add", ...offered(change.key) });
    case "add":
      return add(found, change);
    case "set": {
      const { open, agent } = agentIn(found, change.key);
      return edited(open, setAgentField(open.document.bytes, agent, ...fieldOf(change)), `Changed ${change.key}.`);
    }
    case "remove": {
      const { open, agent } = agentIn(found, change.key);
      return edited(open, removeAgent(open.document.bytes, agent), `Removed ${change.key}.`);
    }
  }
}

function adopt(found: OpenRoster | undefined, into: "section" | "file"): Edit {
  const summary = "Adopted the offered roster.";
  if (found?.roster.kind === "roster") {
    throw new Problem("already-exists", 409, "There is a roster already. Nothing was written.");
  }
  if (found === undefined) return { ...newFile(rosterPath, composeRoster()), summary };
  if (into === "file") return { ...newFile(".codex/ROSTER.md", composeRoster(DEFAULT_AGENTS, "ROSTER.md")), summary };
  if (!isParsed(found.document.bytes)) {
    throw new Problem("too-large", 413, `${tooLargeToParse}: the file was left as it is. Adopt the roster as a file.`);
  }
  const bytes = addRosterSection(found.document.bytes, DEFAULT_AGENTS);
  return { path: found.document.path, expected: found.document.revision, bytes, summary };
}

function newFile(path: string, records: string): Omit<Edit, "summary"> {
  return { path, expected: undefined, bytes: new TextEncoder().encode(records) };
}

function add(
  found: OpenRoster | undefined,
  { type: _, key, ...fields }: Extract<ChangeRoster["change"], { type: "add" }>,
): Edit {
  const { role, goal, backstory, writes, reads, next, model } = fields;
  if (writes !== undefined) refuseWrites(writes);
  const agent: NewAgent = {
    ...{ key, role, goal, backstory },
    ...(writes === undefined ? {} : { writes }),
    ...(reads === undefined ? {} : { reads }),
    ...(next === undefined ? {} : { next }),
    ...(model === undefined ? {} : { model }),
  };
  const summary = `Added ${key}.`;
  if (found === undefined)
    return { ...newFile(rosterPath, `${composeRoster([])}\n---\n\n${agentText(agent)}\n`), summary };
  if (found.roster.kind !== "roster") throw otherForm();
  if (found.roster.agents.some((known) => known.key === key)) {
    throw new Problem("already-exists", 409, `The roster has an agent “${key}” already. Nothing was written.`);
  }
  return edited(found, addAgent(found.document.bytes, agent), summary);
}

function offered(key: string) {
  const agent = DEFAULT_AGENTS.find((known) => known.key === key && known.isBuiltIn !== true);
  if (agent === undefined) {
    throw new Problem("not-found", 404, `No agent “${key}” is offered. Nothing was changed.`);
  }
  const { role, goal, backstory, writes, reads, next } = agent;
  return { key, role, goal, backstory, writes, reads: [...reads], next };
}

function agentIn(
  found: OpenRoster | undefined,
  key: string,
): { readonly open: OpenRoster; readonly agent: RosterAgent } {
  const agent = found?.roster.agents.find((known) => known.key === key);
  if (found === undefined || agent === undefined) {
    throw new Problem("not-found", 404, `The roster has no agent “${key}”. Nothing was changed.`);
  }
  return { open: found, agent };
}

function edited({ document }: OpenRoster, bytes: Uint8Array | undefined, summary: string): Edit {
  if (bytes === undefined) throw otherForm();
  return { path: document.path, expected: document.revision, bytes, summary };
}

function otherForm(): Problem {
  return new Problem("read-only", 409, "The file holds no roster that Folio writes. It was left as it is.", {
    detail: "Adopt the offered roster as a section of it, or as a file of its own.",
  });
}

/** Paths and keys are written in back-ticks, as the reader expects them. */
function fieldOf({ name, value }: { readonly name: string; readonly value: string }): [string, string] {
  const known = AGENT_FIELDS.find((field) => field.toLowerCase() === name.toLowerCase());
  if (known === undefined) {
    throw new Problem("bad-request", 400, `An agent has no field “${name}”. Nothing was changed.`, {
      detail: `It has ${AGENT_FIELDS.join(", ")}.`,
    });
  }
  const plain = value.replaceAll("`", "").trim();
  if (known === "Writes" && plain !== "") refuseWrites(plain);
  if (known === "Reads") return [known, listOf(plain)];
  return [known, known === "Writes" || known === "Next" ? ticked(plain) : value];
}

function listOf(value: string): string {
  return value
    .split(",")
    .flatMap((path) => (path.trim() === "" ? [] : [ticked(path.trim())]))
    .join(", ");
}

function ticked(value: string): string {
  return value === "" ? "" : `\`${value}\``;
}

function refuseWrites(path: string): void {
  const refusal = agentWriteRefusal(path.replaceAll("*", "name"));
  if (refusal !== undefined) throw new Problem("bad-request", 400, `${refusal} Nothing was changed.`);
}
