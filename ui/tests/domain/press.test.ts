import { describe, expect, it } from "vitest";
import { Press } from "$lib/domain/press";

const HERE = { x: 100, y: 100 };

describe("a press", () => {
  it("means the thing it began on, though another lies there when it ends", () => {
    const press = new Press();
    press.down("1:7", HERE);
    expect(press.up("1:9", HERE)).toBe("1:7");
    press.down("1:7", HERE);
    expect(press.up(null, { x: 103, y: 98 })).toBe("1:7");
  });

  it("may wander on its own thing, and is nothing where it was dragged to another", () => {
    const press = new Press();
    press.down("1:7", HERE);
    expect(press.up("1:7", { x: 300, y: 120 })).toBe("1:7");
    press.down("1:7", HERE);
    expect(press.up("1:9", { x: 100, y: 180 })).toBeNull();
  });

  it("ends once, and not at all where it was broken off", () => {
    const press = new Press();
    press.down("1:7", HERE);
    expect(press.isDown).toBe(true);
    press.cancel();
    expect(press.up("1:7", HERE)).toBeNull();
    press.down("1:7", HERE);
    press.up("1:7", HERE);
    expect(press.isDown).toBe(false);
    expect(press.up("1:7", HERE)).toBeNull();
  });
});
