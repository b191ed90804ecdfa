// What is typed on the sign-in page, and what came of it. Nothing typed is lost by a failed try.

import { mutate } from "$lib/rpc";
import type { Credentials, SignInOutcome, SignInProblem } from "$lib/rpc/generated/schema";
import type { Session } from "./session.svelte";

export type Method = "password" | "token";
/** `failed`: the core itself could not try. */
export type Problem = SignInProblem | "second_factor" | "failed";
export type SignInField = "server" | "email" | "password" | "token";

export class SignIn {
  server = $state("");
  method = $state<Method>("password");
  email = $state("");
  password = $state("");
  token = $state("");
  stay = $state(true);
  busy = $state<"server" | "desk" | null>(null);
  problem = $state<Problem | null>(null);
  /** The built-in desk did not start: nothing that was typed is to blame. */
  deskFailed = $state(false);
  /** Left empty when Sign in was pressed: the first of them. */
  missing = $state<SignInField | null>(null);
  #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  readonly touched = $derived(this.server !== "" || this.email !== "" || this.password !== "" || this.token !== "");

  /** Asks for the password of somebody who was signed in. */
  returnTo({ server, email }: { server: string; email: string }): void {
    this.server = server;
    this.email = email;
    this.method = "password";
    this.password = "";
    this.problem = this.missing = null;
  }

  /** True once somebody is signed in. */
  async submit(): Promise<boolean> {
    if (this.busy) return false;
    this.missing = this.#firstMissing();
    if (this.missing) {
      this.problem = null;
      return false;
    }
    const request = { server: this.server.trim(), credentials: this.#credentials(), stay: this.stay };
    const done = await this.#run("server", () => mutate("sign_in", request));
    if (done) this.password = this.token = "";
    return done;
  }

  startBuiltInDesk(): Promise<boolean> {
    if (this.busy) return Promise.resolve(false);
    return this.#run("desk", () => mutate("start_built_in_desk"));
  }

  #refused(what: "server" | "desk", problem: Problem): void {
    if (what === "desk") this.deskFailed = true;
    else this.problem = problem;
  }

  #firstMissing(): SignInField | null {
    if (this.server.trim() === "") return "server";
    if (this.method === "token") return this.token.trim() === "" ? "token" : null;
    if (this.email.trim() === "") return "email";
    return this.password === "" ? "password" : null;
  }

  #credentials(): Credentials {
    return this.method === "token"
      ? { by: "token", token: this.token.trim() }
      : { by: "password", email: this.email.trim(), password: this.password };
  }

  async #run(what: "server" | "desk", ask: () => Promise<SignInOutcome>): Promise<boolean> {
    this.busy = what;
    this.problem = null;
    this.missing = null;
    this.deskFailed = false;
    try {
      const answer = await ask();
      if (answer.outcome === "signed_in") {
        await this.#session.refresh();
        return true;
      }
      this.#refused(what, answer.outcome === "refused" ? answer.problem : "second_factor");
      return false;
    } catch {
      this.#refused(what, "failed");
      return false;
    } finally {
      this.busy = null;
    }
  }
}
