// The text field and its cursor: changes that keys, menus and pickers make go through here.

import type { TextEdit } from "$lib/domain/edits";
import { variableParts } from "$lib/domain/text";
import type { Composer } from "$lib/state/composer.svelte";
import { tick } from "svelte";

export class Box {
  element = $state.raw<HTMLTextAreaElement>();
  #composer: Composer;

  constructor(composer: Composer) {
    this.#composer = composer;
  }

  focus(): void {
    this.element?.focus();
  }

  /** What is selected; the end of the text where nobody has been yet. */
  get selection(): [from: number, to: number] {
    const end = this.#composer.text.length;
    return [this.element?.selectionStart ?? end, this.element?.selectionEnd ?? end];
  }

  /** Changes the text at the cursor and goes on writing there. */
  async edit(change: (text: string, from: number, to: number) => TextEdit): Promise<void> {
    const edit = change(this.#composer.text, ...this.selection);
    this.#composer.typed(edit.text);
    await tick();
    this.focus();
    this.element?.setSelectionRange(edit.from, edit.to);
  }

  /** Selects an unfilled variable. */
  select(variable: string): void {
    let from = 0;
    for (const part of variableParts(this.#composer.text)) {
      if (part.variable === variable) {
        this.focus();
        this.element?.setSelectionRange(from, from + part.text.length);
        return;
      }
      from += part.text.length;
    }
  }
}
