import { type ElementHandle, expect, type Locator, type Page } from '@playwright/test';

/** More stops than any screen has: going on would go round in circles. */
const mostStops = 80;

/** An element as the page has it: asked again and again, without looking for it again and again. */
type Control = ElementHandle<HTMLElement>;

const controlOf = async (target: Locator): Promise<Control> => {
  await target.waitFor({ state: 'attached' });
  return (await target.elementHandle()) as Control;
};

/** Where the focus is, seen from a control: on it, or which key leads there. */
const keyTo = (target: Control): Promise<'Tab' | 'Shift+Tab' | null> =>
  target.evaluate((element) => {
    const { activeElement, body } = document;
    if (element === activeElement) return null;
    const behind = activeElement !== body && activeElement?.compareDocumentPosition(element);
    return behind && behind & Node.DOCUMENT_POSITION_PRECEDING ? 'Shift+Tab' : 'Tab';
  });

/** A person at the keyboard, who has no mouse. Every key that goes down is counted. */
export class Keyboard {
  readonly page: Page;
  /** Keys that move, choose and record. */
  pressed = 0;
  /** Characters of words. */
  typed = 0;

  constructor(page: Page) {
    this.page = page;
  }

  /** Watches for a pointer from now on: `expectNoPointer` fails if there was one. */
  async watchPointer(): Promise<void> {
    await this.page.evaluate(() => {
      document.documentElement.dataset.pointers = '0';
      for (const type of ['pointerdown', 'pointermove', 'mousedown', 'wheel', 'touchstart']) {
        addEventListener(
          type,
          () => {
            const { dataset } = document.documentElement;
            dataset.pointers = String(Number(dataset.pointers) + 1);
          },
          { capture: true, passive: true },
        );
      }
    });
  }

  async expectNoPointer(): Promise<void> {
    await expect(this.page.locator('html')).toHaveAttribute('data-pointers', '0');
  }

  async press(keys: string, times = 1): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      await this.page.keyboard.press(keys);
    }
    this.pressed += times;
  }

  async type(words: string): Promise<void> {
    await this.page.keyboard.type(words);
    this.typed += words.length;
  }

  /** Tab, or Shift and Tab, until the control has the focus. */
  async reach(target: Locator): Promise<Control> {
    const control = await controlOf(target);
    await this.moveTo(control, String(target));
    return control;
  }

  /** @param name for the failure */
  private async moveTo(control: Control, name: string): Promise<void> {
    const key = await keyTo(control);
    for (let stop = 0; key && (await keyTo(control)); stop += 1) {
      if (stop === mostStops) throw new Error(`${name} cannot be reached with ${key}.`);
      await this.page.keyboard.press(key);
      this.pressed += 1;
    }
  }

  /** Into a field, in place of what is there. */
  async fill(field: Locator, words: string): Promise<void> {
    const control = await this.reach(field);
    if ((await control.inputValue()) !== '') await this.press('Control+a');
    await this.type(words);
  }

  async tick(box: Locator): Promise<void> {
    const control = await this.reach(box);
    await this.press('Space');
    expect(await control.isChecked(), String(box)).toBe(true);
  }

  /** A group of radio buttons is one stop; the arrows choose within it. */
  async choose(group: Locator, option: string | RegExp): Promise<void> {
    const wanted = await controlOf(group.getByRole('radio', { name: option, exact: true }));
    const stop = await wanted.evaluateHandle((element) => {
      const all = [...(element.closest('[role=radiogroup]')?.querySelectorAll('input') ?? [])];
      return all.find((radio) => radio === document.activeElement) ?? all.find(({ checked }) => checked) ?? all[0];
    });
    await this.moveTo(stop.asElement() as Control, String(option));
    const steps = await wanted.evaluate((element) => {
      const all = [...(element.closest('[role=radiogroup]')?.querySelectorAll<HTMLElement>('input') ?? [])];
      return all.indexOf(element) - all.indexOf(document.activeElement as HTMLElement);
    });
    if (steps === 0) await this.press('Space');
    else await this.press(steps > 0 ? 'ArrowDown' : 'ArrowUp', Math.abs(steps));
    expect(await wanted.isChecked(), String(option)).toBe(true);
  }

  /** The platform's list: the arrows choose in it while it is closed. */
  async select(list: Locator, option: string): Promise<void> {
    const control = await this.reach(list);
    // What is still being read is not there to be chosen yet.
    await list.getByRole('option', { name: option, exact: true }).waitFor({ state: 'attached' });
    const steps = await control.evaluate((element, label) => {
      const { options, selectedIndex } = element as HTMLSelectElement;
      return [...options].findIndex((each) => each.label === label) - selectedIndex;
    }, option);
    await this.press(steps > 0 ? 'ArrowDown' : 'ArrowUp', Math.abs(steps));
    const chosen = await control.evaluate((element) => (element as HTMLSelectElement).selectedOptions[0]?.label);
    expect(chosen, String(list)).toBe(option);
  }

  /** A button, by Enter. */
  async push(button: Locator): Promise<void> {
    await this.reach(button);
    await this.press('Enter');
  }
}
