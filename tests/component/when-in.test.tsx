import { ThemeProvider } from '@mui/material/styles';
import { screen } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { fromLondonInput, isWhole, toLondonDay, writeTyped } from '#renderer/ui/london-input.ts';
import { makeTheme } from '#renderer/ui/theme.ts';
import { WhenIn } from '#renderer/ui/when-in.tsx';
import { exampleOf } from '#renderer/ui/when-words.ts';
import { act, render } from './render.tsx';

type Props = Parameters<typeof WhenIn>[0];

/** The field in a form that keeps what it is told. */
function show(props: Partial<Props> & Pick<Props, 'kind'>) {
  const told = vi.fn<(value: string) => void>();
  let set: (value: string) => void = () => undefined;
  function Form() {
    const [value, setValue] = useState(props.value ?? '');
    set = setValue;
    return (
      <WhenIn
        {...props}
        label="Review on"
        value={value}
        onChange={(next) => {
          told(next);
          setValue(next);
        }}
      />
    );
  }
  const container = render(
    <ThemeProvider theme={makeTheme('light')}>
      <main>
        <Form />
      </main>
    </ThemeProvider>,
  );
  const field = screen.getByLabelText<HTMLInputElement>('Review on');
  return { container, field, told, user: userEvent.setup({ delay: null }), setValue: (value: string) => set(value) };
}

const said = (field: HTMLElement): string =>
  document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent ?? '';

const today = () => writeTyped(toLondonDay(Date.now()), 'day');
const example = (field: HTMLElement) => /For example (.+)\.$/.exec(said(field))?.[1] ?? '';

describe('an example', () => {
  it('of a day that must lie ahead lies ahead, and would be taken', async () => {
    const { field, told, user } = show({ kind: 'day', min: toLondonDay(Date.now()) });
    const text = example(field);
    await user.type(field, text);
    expect(field.getAttribute('aria-invalid')).toBe('false');
    expect((told.mock.lastCall?.[0] ?? '') > toLondonDay(Date.now())).toBe(true);
  });

  it('of what has happened lies behind, and within bounds', async () => {
    const { field, told, user } = show({ kind: 'instant' });
    await user.type(field, example(field));
    const at = Date.parse(fromLondonInput(told.mock.lastCall?.[0] ?? ''));
    expect(at).toBeLessThan(Date.now());
    expect(at).toBeGreaterThan(Date.now() - 3 * 86_400_000);
    expect(exampleOf({ kind: 'day', max: '2020-02-29' }, Date.now())).toBe('29/02/2020');
    expect(exampleOf({ kind: 'day', min: '2090-02-28' }, Date.now())).toBe('28/03/2090');
  });
});

describe('a date that is none', () => {
  it.each<[Props['kind'], string, RegExp]>([
    ['day', '31/02/2027', /^February 2027 has no day 31\.$/],
    ['day', '11/21/2026', /^There is no month 21\. The day comes first: /],
    ['day', '21/11/26', /^Write the year in full, with four digits: /],
    ['day', '21/11/0026', /^Write a year from 1900 to 2099\.$/],
    ['instant', '29/03/2026 01:30', /the clocks went forward over it/],
    ['instant', '25/10/2026 01:30', /came twice that day.*BST.*GMT/],
    ['instant', '21/11/2026 25:00', /no such time/],
  ])('is refused in words: %s "%s"', async (kind, keys, words) => {
    const { field, told, user } = show({ kind });
    await user.click(field);
    await user.paste(keys);
    await user.tab();
    expect(told.mock.calls).toEqual([[keys]]);
    expect(said(field)).toMatch(words);
  });

  it('becomes one of the two hours of autumn with BST or GMT behind it', async () => {
    const { field, told, user } = show({ kind: 'instant' });
    await user.type(field, '25/10/2026 1:30 bst');
    await user.tab();
    expect(field.value).toBe('25/10/2026 01:30 BST');
    await user.clear(field);
    await user.type(field, '25/10/2026 1:30 gmt');
    await user.tab();
    expect(field.value).toBe('25/10/2026 01:30 GMT');
    const whole = told.mock.calls.flatMap(([each]) => (isWhole(each, 'instant') ? [fromLondonInput(each)] : []));
    expect(whole).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']);
  });
});

describe('a date', () => {
  it.each<[Props['kind'], string, string, string]>([
    ['day', '21112026', '2026-11-21', '21/11/2026'],
    ['day', '3/4/2026', '2026-04-03', '03/04/2026'],
    ['instant', '211120260912', '2026-11-21T09:12', '21/11/2026 09:12'],
    ['instant', '3/4/2026 9:12', '2026-04-03T09:12', '03/04/2026 09:12'],
  ])(
    'that is a %s is told once when "%s" is whole, and written out when the field is left',
    async (kind, keys, value, text) => {
      const { field, told, user } = show({ kind });
      await user.type(field, keys);
      expect(told.mock.calls.filter(([each]) => each === value)).toEqual([[value]]);
      expect(told.mock.lastCall).toEqual([value]);
      expect(field.value).toBe(keys);
      await user.tab();
      expect(field.value).toBe(text);
      expect(field.getAttribute('aria-invalid')).toBe('false');
    },
  );

  it('stands as it was recorded, in British form', () => {
    expect(show({ kind: 'instant', value: '2026-11-21T09:12' }).field.value).toBe('21/11/2026 09:12');
  });

  it('that is cleared is told as empty, once', async () => {
    const { field, told, user } = show({ kind: 'day', value: '2026-11-21' });
    await user.clear(field);
    expect(told.mock.calls).toEqual([['']]);
    await user.tab();
    expect(field.getAttribute('aria-invalid')).toBe('false');
  });

  it('is told as it stands once it is not whole, and is left on the screen to be mended', async () => {
    const { field, told, user } = show({ kind: 'day', value: '2026-11-21' });
    await user.type(field, '{Backspace}');
    expect(told.mock.calls).toEqual([['21/11/202']]);
    expect(field.getAttribute('aria-invalid')).toBe('false');
    await user.tab();
    expect(field.value).toBe('21/11/202');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(said(field)).toBe(`This is not a whole date. Write day, month and year: ${today()}.`);
    await user.type(field, '7');
    expect(told.mock.lastCall).toEqual(['2027-11-21']);
    expect(field.getAttribute('aria-invalid')).toBe('false');
  });

  it.each(['21', '21/11', '21/11/26', '31/02/2026', 'tomorrow', '21/11/20266'])(
    'half typed as "%s" is told as it stands: neither a date nor nothing',
    async (keys) => {
      const { field, told, user } = show({ kind: 'day' });
      await user.click(field);
      await user.paste(keys);
      await user.tab();
      expect(told.mock.calls).toEqual([[keys]]);
      expect(field.value).toBe(keys);
      expect(field.getAttribute('aria-invalid')).toBe('true');
    },
  );

  it('says what is wrong with half a date, not that there is none, once somebody tried to record', async () => {
    const { field, user } = show({ kind: 'instant', problem: 'Give a date.' });
    expect(said(field)).toBe('Give a date.');
    await user.type(field, '21/11/2026');
    expect(said(field)).toContain('This is not a whole date and time.');
  });

  it.each<[string, string]>([
    ['20/11/2026', 'This is too early: not before 21/11/2026.'],
    ['01/01/2027', 'This is too late: not after 31/12/2026.'],
    ['21/11/2026', ''],
    ['31/12/2026', ''],
  ])('out of range is told, for the rule to refuse, and named: %s', async (keys, words) => {
    const { field, told, user } = show({ kind: 'day', min: '2026-11-21', max: '2026-12-31' });
    await user.click(field);
    await user.paste(keys);
    expect(told).toHaveBeenCalledTimes(1);
    expect(field.getAttribute('aria-invalid')).toBe(String(words !== ''));
    expect(said(field)).toBe(words);
  });

  it('that comes from elsewhere takes the place of what was typed', async () => {
    const { field, user, setValue } = show({ kind: 'day' });
    await user.type(field, '21/1');
    act(() => setValue('2026-12-24'));
    expect(field.value).toBe('24/12/2026');
    act(() => setValue(''));
    expect(field.value).toBe('');
  });

  it.each<[string, Partial<Props>]>([
    ['empty', {}],
    ['filled', { value: '2026-11-21', help: 'It also comes back when the subject appears again.' }],
    ['wrong', { problem: 'Give a date.' }],
  ])('has no fault of access: %s', async (_, props) => {
    const { container } = show({ kind: 'day', ...props });
    const { violations } = await axe.run(container);
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
});
