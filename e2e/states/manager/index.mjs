// Every screen and state of the managers' app, as states/index.mjs has them for guests.
import { board } from './board.mjs';
import { house } from './house.mjs';
import { login } from './login.mjs';
import { menu } from './menu.mjs';

export const walks = { 'a manager signed out': login, 'a manager at the board': board, 'a manager of the menu': menu, 'a manager of the house': house };
