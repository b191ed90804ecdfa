import type { IconName } from "./icons";

export interface MenuItem {
  label: string;
  run: () => void;
  /** Opens more to choose from in its place; then `run` is not called. */
  items?: readonly MenuItem[];
  icon?: IconName;
  keys?: string;
  /** Makes it one of a choice. */
  checked?: boolean;
  disabled?: boolean;
  danger?: boolean;
  /** Why it cannot be chosen, or more words. */
  title?: string;
  /** A line above it. */
  rule?: boolean;
}
