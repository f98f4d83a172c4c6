import { expect, test } from '@playwright/test';
import { electronProgram } from '#tests/support/environment.ts';
import { intakeWith } from '#tests/support/intake.ts';
import { Workstation } from './support/launch-workbench.ts';

/* What only the desktop application does: nothing of it is tried in a browser, which has no window to bring back. */

const typed = 'Nobody says where she lives now.';

if (electronProgram !== null) {
  test('a page whose process is killed comes back locked, says what happened, and has what was typed', async () => {
    const workstation = await Workstation.create();
    try {
      const workbench = await workstation.open();
      await workbench.setUpDemo();
      await workbench.unlock();
      const reference = await workstation.report(intakeWith());
      await workbench.openCase(reference);
      await workbench.page.keyboard.press('t');
      await workbench.openRisk();
      await workbench.reasons.fill(typed);
      await expect(workbench.risk.getByText(/^Draft saved/)).toBeVisible();
      const again = await workstation.killPage();
      await again.expectLocked();
      await expect(again.page.getByText(/The window of Probity failed and was opened anew/)).toBeVisible();
      await again.unlock();
      await again.openCase(reference);
      await again.page.keyboard.press('Alt+1');
      await expect(again.reasons).toHaveValue(typed);
      await again.lock();
      await expect(again.page.getByText(/The window of Probity failed/)).toBeHidden();
    } finally {
      await workstation.dispose();
    }
  });
}
