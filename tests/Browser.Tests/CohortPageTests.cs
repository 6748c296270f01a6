using Microsoft.Playwright;
using RadiogenomicsCloud.Cli.Tests.Running;

namespace RadiogenomicsCloud.Browser.Tests;

/// <summary>The page of <c>serve</c> in a real browser: a cohort from upload to report.</summary>
public sealed class CohortPageTests
{
    private static readonly LocatorAssertionsToBeVisibleOptions Long = new() { Timeout = 50_000 };

    [Fact]
    public async Task A_folder_is_uploaded_its_run_followed_and_its_report_opened_without_a_complaint_of_the_browser()
    {
        using var folder = new TestFolder();
        SmallCohort.Write(folder.At("my-cohort"));
        await using var service = await ServeProcess.Start(folder.At("storage"));
        await using var browser = await BrowserSession.Start();
        var page = browser.Page;

        await page.GotoAsync(service.Address.AbsoluteUri);
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(service.Address, "/").AbsoluteUri); // The key is not left in the address.
        await page.GetByText("No cohort has been uploaded yet.").WaitForAsync();
        await browser.Picture("cohorts-empty");

        await page.GetByLabel("Folder of the cohort").SetInputFilesAsync(folder.At("my-cohort"));
        Assert.Equal("my-cohort", await page.GetByLabel("Name of the cohort").First.InputValueAsync());
        await page.GetByLabel("In words").FillAsync("synthetic");
        await page.GetByLabel("De-identification").SelectOptionAsync("not_required");
        await page.GetByRole(AriaRole.Button, new() { Name = "Upload", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Uploaded:")).ToBeVisibleAsync(Long);
        await browser.Picture("cohorts-uploaded");

        await page.GetByRole(AriaRole.Link, new() { Name = "Running" }).ClickAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync(Long);
        await browser.Picture("run-running");

        await Assertions.Expect(page.GetByText("Completed")).ToBeVisibleAsync(Long);
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = SmallCohort.BrokenCase })).ToContainTextAsync("Failed");
        await browser.Picture("run-completed");
        await page.GetByLabel("Show").SelectOptionAsync(new SelectOptionValue { Label = "Analysed (11)" });
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = SmallCohort.BrokenCase })).ToHaveCountAsync(0);

        var report = await page.RunAndWaitForPopupAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Open the report" }).ClickAsync());
        browser.Watch(report);
        await Assertions.Expect(report.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await report.ScreenshotAsync(new() { Path = Path.Combine(Path.GetTempPath(), "radiogenomics-pictures", "report.png") });
        Assert.Empty(browser.Complaints);
    }
}
