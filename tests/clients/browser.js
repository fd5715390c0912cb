// A browser without scripts: keeps cookies, fills in the sign-in form, and stops where it would leave for the application.
export class Browser {
  #cookies = new Map();

  async #fetch(url, options = {}) {
    const response = await fetch(url, { ...options, redirect: 'manual', headers: { ...options.headers, cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') } });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      this.#cookies.set(name, value);
    }
    return response;
  }

  // Goes to the address and on, signing in where it is asked to; returns the first address that begins with `until`.
  async goTo(url, until, person) {
    const site = new URL(url).origin;
    for (let steps = 0; steps < 20; steps++) {
      const response = await this.#fetch(url);
      let location = response.headers.get('location');
      if (response.status === 200) {
        const html = await response.text();
        const action = /<form[^>]*action="([^"]*)"/.exec(html)?.[1].replaceAll('&amp;', '&');
        const token = /name="__RequestVerificationToken"[^>]*value="([^"]*)"/.exec(html)?.[1];
        if (!action || !token) throw new Error(`No form at ${url}: ${html}`);
        const answer = await this.#fetch(new URL(action, url), { method: 'POST', body: new URLSearchParams({ ...person, __RequestVerificationToken: token }) });
        location = answer.headers.get('location');
      }
      if (!location) throw new Error(`${response.status} at ${url}: ${await response.text()}`);
      url = new URL(location, url).href;
      if (url.startsWith(until)) return new URL(url);
      if (new URL(url).origin !== site) throw new Error(`Left for ${url}`);
    }
    throw new Error(`Never arrived at ${until}`);
  }
}
