import { screen } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { MemberChoice } from '#renderer/features/unlock/member-choice.tsx';
import { PersonName } from '#renderer/ui/person-name.tsx';
import { render } from './render.tsx';

const longest = 'Wolfeschlegelsteinhausenbergerdorff '.repeat(4).trim().slice(0, 120);

describe('what a member is called', () => {
  it('stays on one line within its place, and is whole in its title', () => {
    const container = render(
      <div style={{ width: 200 }}>
        <PersonName name={longest} after=" has it" />
      </div>,
    );
    const name = screen.getByTitle(`${longest} has it`);
    expect(name.getBoundingClientRect().width).toBeLessThanOrEqual(200);
    expect(name.getBoundingClientRect().height).toBeLessThan(40);
    expect(container.scrollWidth).toBeLessThanOrEqual(container.clientWidth);
  });

  it('leaves room for the role in the list of those who can unlock', () => {
    const slots = [{ id: 'one', name: longest, role: 'supervisor', wait: 0 } as never];
    render(
      <div style={{ width: 300 }}>
        <MemberChoice slots={slots} chosen="one" onChoose={() => undefined} />
      </div>,
    );
    const role = screen.getByText('Supervisor').getBoundingClientRect();
    expect(role.right).toBeLessThanOrEqual(300 + role.width);
    expect(screen.getByTitle(longest).getBoundingClientRect().right).toBeLessThanOrEqual(role.left + 1);
  });

  it('shows what cannot be seen as its code', () => {
    render(<PersonName name={'Sal\u200b \u202eesorneP'} />);
    screen.getByText('Sal[U+200B] [U+202E]esorneP');
  });
});
