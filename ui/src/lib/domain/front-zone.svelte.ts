// The zone of what is in front, in which times are written. Reactive: whatever shows a time follows it.

import { computerZone } from "./zone";

let zone = $state(computerZone());

export const frontZone = (): string => zone;

export function setFrontZone(next: string): void {
  zone = next;
}
