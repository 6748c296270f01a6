using System.Text;
using Microsoft.Playwright;
using RadiogenomicsCloud.Cli.Tests.Running;
using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Models;

namespace RadiogenomicsCloud.Browser.Tests;

/// <summary>Exchanges and models on the page; whatever anybody wrote is shown as text.</summary>
public sealed class ExchangePageTests
{
    private const string Hostile = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>\"'&amp;{{7*7}}";

    [Fact]
    public async Task A_model_is_locked_a_partner_invited_and_revoked_and_hostile_text_stays_text()
    {
        using var folder = new TestFolder();
        var storage = folder.At("storage");
        await EnterModel(storage);
        Directory.CreateDirectory(folder.At("storage", "cohorts", "\u202E<b onclick=alert(1)>hostile</b>")); // As a name of a site this is refused; a folder may have it.
        await using var service = await ServeProcess.Start(storage);
        await using var browser = await BrowserSession.Start();
        var page = browser.Page;

        await page.GotoAsync(service.Address.AbsoluteUri);
        await Assertions.Expect(page.GetByText("<b onclick=alert(1)>hostile")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Models" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Lock" }).ClickAsync();
        await Assertions.Expect(page.Locator(".badge", new() { HasText = "Locked" })).ToBeVisibleAsync();
        await browser.Picture("models");

        await page.GetByRole(AriaRole.Link, new() { Name = "Exchanges" }).ClickAsync();
        await page.GetByLabel("Name of the site").FillAsync(Hostile);
        await page.GetByLabel("IP addresses").FillAsync("10.0.0.1-10.0.0.9");
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite" }).ClickAsync();
        var upload = await page.GetByLabel("For uploading").InputValueAsync();
        Assert.StartsWith(new Uri(service.Address, "/blob/x-").AbsoluteUri, upload, StringComparison.Ordinal);
        await browser.Picture("exchange-invited");

        await page.GetByRole(AriaRole.Row).GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(Hostile);
        await page.GetByRole(AriaRole.Button, new() { Name = "New link for uploading" }).ClickAsync();
        await page.GetByLabel("For uploading").WaitForAsync();
        await page.GetByLabel("What").SelectOptionAsync("revoke");
        await page.GetByLabel("Reason").FillAsync("<svg onload=document.title='owned'>");
        await page.GetByRole(AriaRole.Button, new() { Name = "Do it" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Revoked", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("All links revoked").First).ToBeVisibleAsync();
        await browser.Picture("exchange-revoked");

        Assert.Equal(0, await page.Locator("main img, main script, main svg, main b").CountAsync());
        Assert.EndsWith("Radiogenomics", await page.TitleAsync(), StringComparison.Ordinal);
        Assert.Empty(browser.Complaints);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_page_fits_a_small_window_and_every_control_has_a_name(ColorScheme scheme)
    {
        using var folder = new TestFolder();
        await EnterModel(folder.At("storage"));
        await using var service = await ServeProcess.Start(folder.At("storage"));
        await using var browser = await BrowserSession.Start(400, 800, scheme);
        var page = browser.Page;
        await page.GotoAsync(service.Address.AbsoluteUri);
        foreach (var section in new[] { "Cohorts", "Runs", "Exchanges", "Models" })
        {
            await page.GetByRole(AriaRole.Link, new() { Name = section, Exact = true }).First.ClickAsync();
            await page.Locator(".live:not([aria-busy])").First.WaitForAsync();
            await browser.Picture($"small-{section}-{scheme}".ToLowerInvariant());
            Assert.InRange(await browser.Overhang(), int.MinValue, 0);
            Assert.Equal(0, await page.EvaluateAsync<int>(
                "[...document.querySelectorAll('input, select, textarea, button, progress')].filter(e => !e.labels?.length && !e.textContent.trim() && !e.ariaLabel).length"));
        }
        Assert.Empty(browser.Complaints);
    }

    /// <summary>Enters a model as a finished run does.</summary>
    private static async Task EnterModel(string folder)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var storage = FolderServiceStorage.Open(folder, TimeProvider.System);
        await storage.Prepare(cancel);
        var file = await storage.Artifacts.Put(stream => stream.WriteAsync(Encoding.UTF8.GetBytes("{}"), cancel).AsTask(), cancel);
        await new ModelRegistry(storage.Records, new([]), TimeProvider.System).Register(
            new("study & <i>more</i>", file, "0123456789ab", "<i>cohort</i>", file, file, file), "<u>service</u>", cancel);
    }
}
