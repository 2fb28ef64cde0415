// Whoever looks at a page: finding things on it, and a network that answers late or never.

export class Person {
  at(testid) {
    return this.page.getByTestId(testid);
  }

  // Requests wait until `lose` or `letGo`.
  async hold(url, method = 'GET') {
    this.held = { url };
    const decided = new Promise((resolve) => { this.held.decide = resolve; });
    this.held.handler = async (route) => {
      if (route.request().method() !== method) return route.fallback();
      const go = (await decided) ? route.continue() : route.abort('connectionfailed');
      return go.catch(() => undefined);
    };
    await this.page.route(url, this.held.handler);
  }

  // They get no answer, and neither do those that follow.
  lose() {
    this.held.decide(false);
  }

  async letGo() {
    this.held.decide(true);
    await this.page.unroute(this.held.url, this.held.handler);
  }

  async close() {
    await this.context.close();
  }
}
