// Every screen and state of the guests' app, in an order in which one leads to the next. A state is
//   name   what it is called in a report and in the gallery
//   reach  the way there from the state before
//   sign   what is on the screen in this state and not before
//   within what of the screen is new, where the rest was seen before
//   leave  what the next state must not find, if anything
//   when   whether this guest has it, if not all have
import { expect } from '@playwright/test';
import { cart } from './cart.mjs';
import { login } from './login.mjs';
import { menu } from './menu.mjs';
import { noOrders, orders } from './orders.mjs';
import { idle, sheets } from './sheets.mjs';

// Each begins signed out, in a browser profile of its own.
export const walks = { 'signed out': login, 'at a table': [...menu, ...sheets, ...noOrders, ...cart, ...orders], 'left alone': idle };

// Goes through the states of a walk; `look` sees each of them while it lasts.
export async function walk(guest, states, look) {
  for (const state of states) {
    if (state.when && !state.when(guest)) continue;
    await Promise.resolve(state.reach(guest)).catch((error) => {
      throw new Error(`${state.name}: ${error.message}`, { cause: error });
    });
    await expect(state.sign(guest), state.name).toBeVisible();
    await look(state.name, state.within);
    await expect(state.sign(guest), `${state.name}, until it was seen`).toBeVisible({ timeout: 1 });
    await state.leave?.(guest);
  }
}
