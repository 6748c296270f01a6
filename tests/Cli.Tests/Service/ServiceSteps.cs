using System.Net.Http.Json;
using System.Text.Json;
using RadiogenomicsCloud.Cli.Tests.Running;
using RadiogenomicsCloud.Service.Exchanges;

namespace RadiogenomicsCloud.Cli.Tests.Service;

/// <summary>What an owner does at a running service, by its HTTP API and the command.</summary>
internal static class ServiceSteps
{
    /// <summary>Generous: a machine that runs the other tests beside is slow.</summary>
    public static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(8);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static bool IsCompleted(JsonElement job)
    {
        var state = State(job);
        Assert.True(state is not ("Failed" or "Refused" or "Cancelled"), $"The job ended: {job}");
        return state == "Completed";
    }

    public static string State(JsonElement job) => job.GetProperty("state").GetString()!;

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    /// <summary>Posts a document and demands an answer of the 200s.</summary>
    public static async Task<JsonElement> Post(this ServeProcess service, string path, object body)
    {
        using var answer = await service.Client.PostAsJsonAsync(path, body, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>Uploads a folder with the command to a link; gives what it says of itself.</summary>
    public static async Task<JsonElement> Upload(string cohort, string link, string state)
    {
        var result = await Radiogenomics.Run("upload", cohort, "--to", link, "--out", state, "--statement-not-required", "Synthetic data.", "--json");
        result.Succeeded();
        return JsonSerializer.Deserialize<JsonElement>(result.Output);
    }

    public static async Task<string> CohortLink(this ServeProcess service, string cohort) =>
        (await service.Post($"/api/cohorts/{cohort}/links", new { hours = 1 })).Text("link");

    /// <summary>The newest job of a cohort once it completed, other than one that is known.</summary>
    public static Task<JsonElement> Completed(this ServeProcess service, string subject, string? otherThan = null) =>
        service.Job(subject, job => job.Text("id") != otherThan && IsCompleted(job), RunLimit);

    /// <summary>An exchange once it has come to a state.</summary>
    public static async Task<JsonElement> Exchange(this ServeProcess service, string id, ExchangeState state)
    {
        for (var start = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(start) < RunLimit; await Task.Delay(250, Cancel))
        {
            var now = await service.Get("/api/exchanges/" + id);
            var at = State(now.GetProperty("exchange"));
            // The state comes first, then what the owner gets.
            if (at == state.ToString() && (state != ExchangeState.Released || now.TryGetProperty("aggregates", out _)))
                return now;
            Assert.True(at is not "Rejected" and not "Expired", $"The exchange ended: {now}");
        }
        throw new TimeoutException($"The exchange did not come to {state}.");
    }

    /// <summary>How often a step did its work in a job.</summary>
    public static async Task<int> Done(this ServiceBed bed, string jobId, string step) =>
        (await bed.Ledger(jobId)).Count(line => line.Step == step && line.Done);
}
