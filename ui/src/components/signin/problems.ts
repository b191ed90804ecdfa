// Words for what keeps somebody out: a program that did not start, a sign-in that was refused. Problems of one field stand
// below it, the others above the form.

import { m } from "$lib/paraglide/messages";
import type { BlockReason } from "$lib/rpc/generated/schema";
import type { Problem, SignInField } from "$lib/state/signin.svelte";

interface Words {
  title: string;
  body: string;
}

const fields: Partial<Record<Problem, SignInField>> = {
  bad_address: "server",
  wrong_password: "password",
  bad_token: "token",
};

/** The field the problem belongs to: it takes the focus. */
const marked: Partial<Record<Problem, SignInField>> = {
  ...fields,
  unknown_host: "server",
  no_answer: "server",
  tls: "server",
  not_chatwoot: "server",
};

export const markedField = (problem: Problem | null): SignInField | undefined =>
  problem === null ? undefined : marked[problem];

const missing: Record<SignInField, () => string> = {
  server: m.signin_need_server,
  email: m.signin_need_email,
  password: m.signin_need_password,
  token: m.signin_need_token,
};

export function fieldError(field: SignInField, problem: Problem | null, left: SignInField | null): string | undefined {
  if (left === field) return missing[field]();
  if (problem === null || fields[problem] !== field) return undefined;
  if (problem === "wrong_password") return m.signin_wrong_password();
  if (problem === "bad_token") return m.signin_bad_token();
  return `${m.signin_bad_address()}. ${m.signin_bad_address_body()}`;
}

const callouts: Partial<Record<Problem, () => Words>> = {
  unknown_host: () => ({ title: m.signin_unknown_host(), body: m.signin_unknown_host_body() }),
  no_answer: () => ({ title: m.signin_no_answer(), body: m.signin_no_answer_body() }),
  tls: () => ({ title: m.signin_tls(), body: m.signin_tls_body() }),
  not_chatwoot: () => ({ title: m.signin_not_chatwoot(), body: m.signin_not_chatwoot_body() }),
  expired: () => ({ title: m.signin_expired(), body: m.signin_expired_body() }),
  too_many_tries: () => ({ title: m.signin_too_many(), body: m.signin_too_many_body() }),
  no_account: () => ({ title: m.signin_no_account(), body: m.signin_no_account_body() }),
  server_fault: () => ({ title: m.signin_server_fault(), body: m.signin_server_fault_body() }),
  second_factor: () => ({ title: m.signin_second_factor(), body: m.signin_second_factor_body() }),
  failed: () => ({ title: m.signin_failed(), body: m.signin_failed_body() }),
};

export const calloutWords = (problem: Problem | null): Words | undefined =>
  problem === null ? undefined : callouts[problem]?.();

const starts: Record<BlockReason, () => string> = {
  in_use: m.start_in_use,
  newer_files: m.start_newer_files,
  disk: m.start_disk,
  keyring_missing: m.start_keyring_missing,
  key_missing: m.start_key_missing,
  damaged: m.start_damaged,
  failed: m.start_failed_body,
};

/** Why Deskbell did not start; `no_core` = its core does not answer the screen. */
export const startWords = (problem: BlockReason | "no_core"): string =>
  problem === "no_core" ? m.start_failed_body() : starts[problem]();
