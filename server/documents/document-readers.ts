import { type AnalysisCache, createAnalysisCache } from "./document-analysis.ts";
import { type BoardCache, createBoardCache } from "./proposals/read-boards.ts";
import { createRosterCache, type RosterCache } from "./roster/read-rosters.ts";

/** Each reads a content once, whoever asks. */
export interface DocumentReaders {
  readonly analyze: AnalysisCache;
  readonly parseRoster: RosterCache;
  readonly parseBoard: BoardCache;
}

export function createDocumentReaders(): DocumentReaders {
  return { analyze: createAnalysisCache(), parseRoster: createRosterCache(), parseBoard: createBoardCache() };
}
