// The typed calls of the screen: what may be asked stands in generated/schema.ts, which the core writes.

import { platform, type CallKind } from "$lib/platform";
import type { CommandError, ErrorCode, EventBatch, Mutate, Query, Trigger } from "./generated/schema";

type Calls<T> = { [K in keyof T]: { request: unknown; response: unknown } };
type Request<T extends Calls<T>, K extends keyof T> = T[K]["request"];
type Response<T extends Calls<T>, K extends keyof T> = T[K]["response"];
/** Calls without a request are called without an argument. */
type Args<R> = R extends null ? [] : [request: R];

/** A call that could not be carried out. "Refused" and "ask first" are answers, not errors. */
export class CallError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;

  constructor(error: CommandError) {
    super(error.message);
    this.name = "CallError";
    this.code = error.code;
    this.retryable = error.retryable;
  }
}

function asCallError(thrown: unknown): CallError {
  if (thrown && typeof thrown === "object" && "code" in thrown && "message" in thrown) {
    return new CallError(thrown as CommandError);
  }
  return new CallError({ code: "failed", message: String(thrown), retryable: true });
}

async function call(kind: CallKind, name: string, request: unknown): Promise<unknown> {
  try {
    return await platform.call(kind, name, request ?? null);
  } catch (thrown) {
    throw asCallError(thrown);
  }
}

export function query<K extends keyof Query & string>(
  name: K,
  ...[request]: Args<Request<Query, K>>
): Promise<Response<Query, K>> {
  return call("query", name, request) as Promise<Response<Query, K>>;
}

export function mutate<K extends keyof Mutate & string>(
  name: K,
  ...[request]: Args<Request<Mutate, K>>
): Promise<Response<Mutate, K>> {
  return call("mutate", name, request) as Promise<Response<Mutate, K>>;
}

/** Nothing is answered and a failure changes nothing on screen. */
export function trigger<K extends keyof Trigger & string>(name: K, ...[request]: Args<Request<Trigger, K>>): void {
  call("trigger", name, request).catch(() => {});
}

export function subscribe(handler: (batch: EventBatch) => void): () => void {
  return platform.subscribe(handler);
}
