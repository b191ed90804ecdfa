// Files beside what is being written, per conversation. Their bytes go to the core piece by piece and are kept there
// with the draft: another conversation, a restart or a lost connection takes none of them away.

import { base64, isWhole, mergeFiles, pieces, type ComposedFile, type FileProblem } from "$lib/domain/files";
import { refKey } from "$lib/domain/refs";
import { plainFileName } from "$lib/domain/text";
import { mutate } from "$lib/rpc";
import type { ConversationRef, OutgoingFile } from "$lib/rpc/generated/schema";

/** Problems shown at once at most. */
const MOST_PROBLEMS = 3;

interface Files {
  list: ComposedFile[];
  problems: FileProblem[];
  /** The core's numbers of what this window sent or removed. */
  gone: Set<number>;
}

export class DraftFiles {
  shown = $state.raw<readonly ComposedFile[]>([]);
  problems = $state.raw<readonly FileProblem[]>([]);
  /** Some are not whole yet. */
  readonly busy = $derived(this.shown.some((file) => !isWhole(file)));

  #open = "";
  #all = new Map<string, Files>();
  #nextKey = 1;

  open(ref: ConversationRef | null): void {
    this.#open = ref === null ? "" : refKey(ref);
    this.#show();
  }

  /** Takes what the core has in the composer of `ref`. */
  suggest(ref: ConversationRef, kept: readonly OutgoingFile[]): void {
    const files = this.#of(ref);
    files.list = mergeFiles(files.list, kept, files.gone, () => this.#nextKey++);
    this.#show();
  }

  /** Numbers of the files that can go with a message of `ref` now. */
  ids(ref: ConversationRef): number[] {
    return this.#of(ref).list.flatMap((file) => (file.id !== null && isWhole(file) ? [file.id] : []));
  }

  /** Adds one after the other, in the order they were chosen. */
  async add(ref: ConversationRef, chosen: readonly File[]): Promise<void> {
    this.clearProblems(ref);
    for (const file of chosen) await this.#addOne(ref, file);
  }

  /** Says why nothing was taken. */
  refuse(ref: ConversationRef, problem: FileProblem): void {
    const files = this.#of(ref);
    files.problems = [...files.problems, problem].slice(-MOST_PROBLEMS);
    this.#show();
  }

  clearProblems(ref: ConversationRef): void {
    this.#of(ref).problems = [];
    this.#show();
  }

  remove(ref: ConversationRef, key: number): void {
    const file = this.#of(ref).list.find((one) => one.key === key);
    if (file === undefined) return;
    this.#take(ref, [file]);
    if (file.id !== null) void mutate("drop_file", { file: file.id }).catch(() => undefined);
  }

  /** They left with a message. */
  sent(ref: ConversationRef, ids: readonly number[]): void {
    this.#take(
      ref,
      this.#of(ref).list.filter((file) => file.id !== null && ids.includes(file.id)),
    );
  }

  /** They came back with a message that was taken back. */
  returned(ref: ConversationRef, kept: readonly OutgoingFile[]): void {
    for (const { id } of kept) this.#of(ref).gone.delete(id);
    this.suggest(ref, kept);
  }

  async #addOne(ref: ConversationRef, file: File): Promise<void> {
    const entry: ComposedFile = {
      key: this.#nextKey++,
      name: plainFileName(file.name),
      size: file.size,
      contentType: file.type || "application/octet-stream",
      id: null,
      stored: 0,
      preview: file.type.startsWith("image/") ? URL.createObjectURL(file) : null,
    };
    this.#of(ref).list = [...this.#of(ref).list, entry];
    this.#show();
    try {
      await this.#hand(ref, entry, file);
    } catch {
      this.#fail(ref, entry.key, { name: entry.name, reason: "failed", limit: 0 });
    }
  }

  async #hand(ref: ConversationRef, entry: ComposedFile, file: File): Promise<void> {
    const { name, contentType: content_type, size, key } = entry;
    const room = await mutate("add_file", { conversation: ref, name, content_type, size });
    if (room.outcome === "refused") {
      this.#fail(ref, key, { name, reason: room.reason, limit: room.limit });
      return;
    }
    if (!this.#change(ref, key, { id: room.file })) {
      // Removed while room was made for it.
      await mutate("drop_file", { file: room.file });
      return;
    }
    for (const { from, to } of pieces(size)) {
      const data = base64(new Uint8Array(await file.slice(from, to).arrayBuffer()));
      if ((await mutate("append_file", { file: room.file, data })).outcome !== "done") {
        this.#fail(ref, key, { name, reason: "failed", limit: 0 });
        return;
      }
      if (!this.#change(ref, key, { stored: to })) return;
    }
  }

  /** @returns false when it is no longer there. */
  #change(ref: ConversationRef, key: number, change: Partial<ComposedFile>): boolean {
    const files = this.#of(ref);
    if (!files.list.some((file) => file.key === key)) return false;
    files.list = files.list.map((file) => (file.key === key ? { ...file, ...change } : file));
    this.#show();
    return true;
  }

  #fail(ref: ConversationRef, key: number, problem: FileProblem): void {
    const before = this.#of(ref).list.length;
    this.remove(ref, key);
    // A file somebody removed meanwhile is nobody's problem.
    if (this.#of(ref).list.length < before) this.refuse(ref, problem);
  }

  #take(ref: ConversationRef, taken: readonly ComposedFile[]): void {
    const files = this.#of(ref);
    for (const file of taken) {
      if (file.id !== null) files.gone.add(file.id);
      if (file.preview !== null) URL.revokeObjectURL(file.preview);
    }
    const keys = new Set(taken.map((file) => file.key));
    files.list = files.list.filter((file) => !keys.has(file.key));
    this.#show();
  }

  #of(ref: ConversationRef): Files {
    const key = refKey(ref);
    const files = this.#all.get(key) ?? { list: [], problems: [], gone: new Set() };
    this.#all.set(key, files);
    return files;
  }

  #show(): void {
    const files = this.#all.get(this.#open);
    this.shown = files?.list ?? [];
    this.problems = files?.problems ?? [];
  }
}
