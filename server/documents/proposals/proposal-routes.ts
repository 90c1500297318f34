import { Hono } from "hono";
import {
  changeProposalSchema,
  finishProposalSchema,
  newProposalSchema,
  promoteProposalSchema,
} from "../../../shared/proposals.ts";
import type { Clock } from "../../platform/clock.ts";
import { readJson } from "../../platform/http/read-json.ts";
import type { RosterCache } from "../roster/read-rosters.ts";
import type { Environment } from "../task-log-port.ts";
import { addProposal } from "./add-proposal.ts";
import { boardView } from "./board-view.ts";
import { type ChangeBoardDependencies, changeProposal } from "./change-proposal.ts";
import { finishProposal } from "./finish-proposal.ts";
import { promoteProposal } from "./promote-proposal.ts";

export interface ProposalRoutesDependencies extends ChangeBoardDependencies {
  readonly parseRoster: RosterCache;
  readonly clock: Clock;
  /** ULIDs, for log entries. */
  readonly newRunId: () => string;
}

/** HTTP in and out of the board; paths are relative to `/api`. */
export function proposalRoutes(dependencies: ProposalRoutesDependencies): Hono<Environment> {
  const routes = new Hono<Environment>();
  routes.get("/proposals", async (context) => {
    return context.json(await boardView(dependencies, context.req.query("path")));
  });
  routes.post("/proposals", async (context) => {
    return context.json(await addProposal(dependencies, await readJson(context.env.incoming, newProposalSchema)), 201);
  });
  routes.patch("/proposals", async (context) => {
    return context.json(await changeProposal(dependencies, await readJson(context.env.incoming, changeProposalSchema)));
  });
  routes.post("/proposals/promote", async (context) => {
    return context.json(
      await promoteProposal(dependencies, await readJson(context.env.incoming, promoteProposalSchema)),
    );
  });
  routes.post("/proposals/finish", async (context) => {
    return context.json(await finishProposal(dependencies, await readJson(context.env.incoming, finishProposalSchema)));
  });
  return routes;
}
