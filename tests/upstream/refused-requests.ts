/** Requests that get no answer of a model: errors by status, pages, redirects, silence, closed doors. */
import { type Exchange, fine, type Scenario, type Scenarios } from "./exchange.ts";

interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function refuse({ response }: Exchange, { status, message, code = "error", headers = {} }: Refusal): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify({ error: { message, type: code, code, param: null } }));
}

function always(refusal: Refusal): Scenario {
  return (exchange) => refuse(exchange, refusal);
}

/** Refuses so many times, then answers; and again from the start. */
function thenFine(times: number, refusal: (exchange: Exchange) => void): Scenario {
  return (exchange) => (exchange.attempt % (times + 1) === 0 ? fine(exchange) : refusal(exchange));
}

/** Closes with a reset instead of a goodbye. */
function resetSocket({ request }: Exchange): void {
  request.socket.resetAndDestroy();
}

const overloaded: Refusal = { status: 503, message: "The server is overloaded.", code: "overloaded" };
const page =
  "<!doctype html><html><head><title>Sign in to the hotel network</title></head><body><h1>Welcome</h1></body></html>";

export const refusedRequests: Scenarios = {
  "503-then-fine": thenFine(1, (exchange) => refuse(exchange, overloaded)),
  "503-twice-then-fine": thenFine(2, (exchange) => refuse(exchange, overloaded)),
  "503": always(overloaded),
  "500": always({ status: 500, message: "Internal error." }),
  "502-page": ({ response }) =>
    void response.writeHead(502, { "content-type": "text/html" }).end("<html><body>Bad gateway</body></html>"),
  "529": always({ status: 529, message: "Overloaded.", code: "overloaded_error" }),
  "429-then-fine": thenFine(1, (exchange) =>
    refuse(exchange, {
      status: 429,
      message: "Slow down.",
      code: "rate_limit_exceeded",
      headers: { "retry-after": "2" },
    }),
  ),
  "429-date-then-fine": thenFine(1, (exchange) => {
    const date = new Date(Date.now() + 5_000).toUTCString();
    refuse(exchange, {
      status: 429,
      message: "Slow down.",
      code: "rate_limit_exceeded",
      headers: { "retry-after": date },
    });
  }),
  "429-long": always({
    status: 429,
    message: "Come back later.",
    code: "rate_limit_exceeded",
    headers: { "retry-after": "3600" },
  }),
  "429-no-credit": always({ status: 429, message: "You exceeded your current quota.", code: "insufficient_quota" }),
  "401": always({ status: 401, message: "Incorrect API key provided.", code: "invalid_api_key" }),
  /** Shows the key that it was sent, as some gateways do. */
  "401-echo": (exchange) =>
    refuse(exchange, { status: 401, message: `Bad key: ${exchange.request.headers.authorization}` }),
  "403": always({ status: 403, message: "Your account has no access to this model." }),
  "404-model": (exchange) =>
    refuse(exchange, {
      status: 404,
      message: `The model ${exchange.body.model} does not exist.`,
      code: "model_not_found",
    }),
  "400": always({ status: 400, message: "messages[0].content must not be empty.", code: "invalid_request_error" }),
  "400-context": always({
    status: 400,
    message: "This model's limit is 8192 tokens.",
    code: "context_length_exceeded",
  }),
  /** Knows no `stream_options` and no `reasoning`, and says so. */
  "no-options": (exchange) => {
    const unknown = ["stream_options", "reasoning"].find((field) => field in exchange.body);
    if (unknown === undefined) return fine(exchange);
    refuse(exchange, { status: 400, message: `Unrecognized request argument supplied: ${unknown}` });
  },
  html: ({ response }) => void response.writeHead(200, { "content-type": "text/html" }).end(page),
  "html-as-stream": ({ response }) => void response.writeHead(200, { "content-type": "text/event-stream" }).end(page),
  redirect: ({ response }) => void response.writeHead(307, { location: "/v1/elsewhere" }).end(),
  /** Takes the request and says nothing at all. */
  silent: () => undefined,
  reset: resetSocket,
  "reset-then-fine": thenFine(1, resetSocket),
  "not-http": ({ request }) => void request.socket.end("220 mail.example.org ESMTP\r\n"),
  "error-as-json": ({ response }) =>
    void response
      .writeHead(200, { "content-type": "application/json" })
      .end('{"error":{"message":"No such deployment.","code":400}}'),
};
