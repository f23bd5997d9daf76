'use strict';
/** The people that the load tests send: new ones, and members who are there already. */
const { randomUUID } = require('node:crypto');

const MEMBERS = 50;
const PASSWORD = randomUUID();
const WITHDRAWAL_PASSWORD = randomUUID();

/** Someone who has never been here. */
function person() {
  return { email: `load-${randomUUID()}@example.com`, password: PASSWORD, withdrawalPassword: WITHDRAWAL_PASSWORD };
}

async function call(target, path, body, token) {
  const answer = await fetch(target + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  if (!answer.ok) {
    throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }
  return answer.json();
}

async function signUp(target, invitationCode) {
  return call(target, '/signup', { ...person(), name: 'Load Test', invitationCode });
}

/** One member, whose invitation code everybody uses. */
async function signUpUpline(context) {
  const { user } = await signUp(context.vars.target);
  context.vars.uplineCode = user.invitationCode;
  context.vars.uplineId = user.id;
}

/** Members on four levels, each with something to withdraw. */
async function signUpMembers(context) {
  const target = context.vars.target;
  const codes = [];
  const tokens = [];
  for (let i = 0; i < MEMBERS; i++) {
    const { user, session } = await signUp(target, codes[Math.floor((i - 1) / 3)]);
    await call(target, '/submit-product', { productName: 'To begin with', productValue: 1000 }, session.access_token);
    codes.push(user.invitationCode);
    tokens.push(session.access_token);
  }
  context.vars.tokens = tokens;
  context.vars.withdrawalPassword = WITHDRAWAL_PASSWORD;
}

/** Gives a visit somebody new. */
async function newPerson(context) {
  Object.assign(context.vars, person());
}

/** Gives a visit one of the members, and something to submit. */
async function pickMember(context) {
  const { tokens } = context.vars;
  context.vars.token = tokens[Math.floor(Math.random() * tokens.length)];
  context.vars.productValue = 1 + Math.floor(Math.random() * 500);
}

module.exports = { signUpUpline, signUpMembers, newPerson, pickMember };
