using Microsoft.Playwright;

namespace RadiogenomicsCloud.Browser.Tests;

/// <summary>A page in the system's Chromium, which keeps what the console and the network complained of.</summary>
internal sealed class BrowserSession : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;
    private readonly string pictures;

    private BrowserSession(IPlaywright playwright, IBrowser browser, IPage page, string pictures) =>
        (this.playwright, this.browser, Page, this.pictures) = (playwright, browser, page, pictures);

    public IPage Page { get; }

    /// <summary>Messages of errors and warnings in the console, scripts that failed, requests that did.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Starts a browser; where there is none the test is skipped, and fails in CI.</summary>
    /// <param name="scheme">Light or dark.</param>
    public static async Task<BrowserSession> Start(int width = 1100, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        var chromium = Environment.GetEnvironmentVariable("RADIOGENOMICS_CHROMIUM") is { Length: > 0 } named ? named : Places.FirstOrDefault(File.Exists);
        if (chromium is null)
        {
            const string Message = "There is no Chromium; install it, or name it in RADIOGENOMICS_CHROMIUM.";
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail(Message);
            Assert.Skip(Message);
        }
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Headless = true, Args = Arguments });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme });
        var pictures = Path.Combine(Path.GetTempPath(), "radiogenomics-pictures");
        Directory.CreateDirectory(pictures);
        var session = new BrowserSession(playwright, browser, page, pictures);
        session.Watch(page);
        return session;
    }

    /// <summary>Keeps what a page complains of.</summary>
    public void Watch(IPage page)
    {
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Complaints.Add($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => Complaints.Add("script: " + error);
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
                Complaints.Add($"{response.Status} {response.Request.Method} {new Uri(response.Url).AbsolutePath}");
        };
    }

    /// <summary>The whole page as a picture, to be looked at by people.</summary>
    public Task Picture(string name) => Page.ScreenshotAsync(new() { Path = Path.Combine(pictures, name + ".png"), FullPage = true });

    /// <summary>How many pixels the page is wider than its window.</summary>
    public Task<int> Overhang() => Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
