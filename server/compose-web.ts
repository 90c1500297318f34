import type { Server } from "node:http";
import { join } from "node:path";
import { Hono } from "hono";
import { z } from "zod";
import type { Chat } from "./chat/chat.ts";
import type { Studio } from "./compose-studio.ts";
import type { Config } from "./config.ts";
import { imageRoutes } from "./images/routes.ts";
import type { AuditLog } from "./platform/audit-log.ts";
import { systemClock } from "./platform/clock.ts";
import type { Egress } from "./platform/egress.ts";
import type { EventLog } from "./platform/events/event-log.ts";
import { createEventStreams } from "./platform/events/event-stream.ts";
import { listen } from "./platform/http/listen.ts";
import { openPageFiles } from "./platform/http/page-files.ts";
import { allowedHostsFor } from "./platform/http/request-guard.ts";
import { selfTestRoutes } from "./platform/http/self-test.ts";
import { createSignIn } from "./platform/http/sign-in.ts";
import { createWebApp, type Environment } from "./platform/http/web-app.ts";
import { createJsonFile } from "./platform/json-file.ts";
import type { Logger } from "./platform/logger.ts";
import type { Providers } from "./providers/providers.ts";
import { providerRoutes } from "./providers/routes.ts";
import type { FolderPresence } from "./watch-presence.ts";
import type { Workspace } from "./workspace.ts";

const sessionsSchema = z.array(z.object({ hash: z.string(), created: z.number(), seen: z.number() }));

export interface WebParts {
  readonly config: Config;
  readonly program: { readonly programFolder: string; readonly version: string };
  readonly workspace: Workspace;
  readonly log: EventLog;
  readonly logger: Logger;
  readonly chat: Chat;
  readonly presence: FolderPresence;
  readonly providers: Providers;
  readonly studio: Studio;
  /** Reaches public addresses only, whatever providers are listed. */
  readonly egress: Egress;
  readonly audit: AuditLog;
  /** Puts the link of the next sign-in where a second start finds it. */
  readonly updateLink: (link: string) => Promise<void>;
}

export interface RunningWeb {
  readonly link: string;
  readonly port: number;
  readonly server: Server;
  /** Method and path of everything that is answered, for the test that each route is guarded. */
  readonly routes: readonly { readonly method: string; readonly path: string }[];
  stopAccepting(): void;
  close(): Promise<void>;
}

/** The HTTP side: sign-in, the page's files, the event stream, and the features' routes behind one guard. */
export async function composeWeb(parts: WebParts): Promise<RunningWeb> {
  const { config, program, workspace, log, logger, chat, providers, egress } = parts;
  const sessionFile = createJsonFile(join(workspace.directory, "sessions.json"), sessionsSchema);
  const signIn = createSignIn({
    sessions: (await sessionFile.read()) ?? [],
    save: (all) => sessionFile.write([...all]),
    clock: systemClock,
  });
  const streams = createEventStreams(log, { version: program.version });
  let port = config.port;
  let allowedHosts: ReadonlySet<string> = new Set();
  const newLink = async (): Promise<string> => {
    const link = `http://${config.host === "::1" ? "[::1]" : config.host}:${port}/#launch=${signIn.mintLaunchToken()}`;
    await parts.updateLink(link);
    return link;
  };

  const app = createWebApp({
    signIn,
    audit: parts.audit,
    streams,
    logger,
    port: () => port,
    allowedHosts: () => allowedHosts,
    onSignedIn: async () => void (await newLink()),
    pageFiles: await openPageFiles(join(program.programFolder, "dist", "web"), systemClock.monotonic),
    features: [
      chat.routes,
      ...parts.studio.routes,
      new Hono<Environment>().route("/providers", providerRoutes({ providers })),
      imageRoutes({ egress }),
      selfTestRoutes(),
    ],
    session: () => ({
      workspace: { name: workspace.name, folder: workspace.folder },
      version: program.version,
      hasConversations: chat.hasConversations(),
      notices: [...parts.presence.notices(), ...chat.notices(), ...parts.studio.notices()],
      eventStreams: streams.count(),
    }),
  });
  const listening = await listen(app, { host: config.host, port: config.port, isFixed: config.isPortFixed });
  port = listening.port;
  allowedHosts = allowedHostsFor(port, config.allowedHosts);
  return {
    link: await newLink(),
    port,
    server: listening.server,
    routes: app.routes,
    stopAccepting: () => void listening.server.close(),
    close: async () => {
      streams.close();
      listening.server.closeAllConnections();
    },
  };
}
