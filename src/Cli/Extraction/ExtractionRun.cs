using System.Globalization;
using RadiogenomicsCloud.Cli.Terminal;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Extraction;
using Progress = RadiogenomicsCloud.Pipeline.Progress;

namespace RadiogenomicsCloud.Cli.Extraction;

/// <summary>Runs a plan on all cases and writes what comes of them, in the order of the cases.</summary>
internal sealed class ExtractionRun(ExtractOptions options, ResultFormat format, IExtractionPlan plan, IReadOnlyList<CaseSource> cases)
{
    private readonly ResultMessages messages = new();
    private int regions;
    private int failed;

    public async Task<int> Run(CancellationToken cancel)
    {
        if (options.IsMany)
            await Many(cancel);
        else
            Single(cases[0].Extract(plan, isOneOfMany: false, cancel));
        if (failed == regions)
        {
            Messages.Error("None of the cases could be analysed; the messages say why.");
            return ExitCodes.StudyFailed;
        }
        return options.Strict && failed > 0 ? ExitCodes.StudyFailed : ExitCodes.Done;
    }

    /// <summary>An image that cannot be analysed at all is bad input, and nothing is written.</summary>
    private void Single(IReadOnlyList<RegionResult> results)
    {
        if (results.All(r => r.Failure is not null))
            throw results[0].Failure!.ToException();
        using var file = new ResultFile(options.Out);
        var writer = ResultWriter.Create(format, file.Writer, plan.Columns, results.Count > 1);
        writer.Begin();
        foreach (var result in results)
            Write(writer, result, results.Count > 1 ? result.Roi : "");
        writer.End();
        file.Complete();
        messages.Print();
    }

    private async Task Many(CancellationToken cancel)
    {
        using var file = new ResultFile(options.Out);
        var writer = ResultWriter.Create(format, file.Writer, plan.Columns, many: true);
        writer.Begin();
        try
        {
            // Bars and results on one terminal would overwrite each other.
            await (options.Out is null && !Console.IsOutputRedirected
                ? WriteAll(writer, null, cancel)
                : RunDisplay.Show(progress => WriteAll(writer, progress, cancel)));
            writer.End();
            file.Complete();
        }
        catch when (regions > 0)
        {
            writer.End();
            file.Keep();
            messages.Print();
            if (options.Out is not null)
                Messages.Note(string.Create(CultureInfo.InvariantCulture, $"The {regions} results that were finished are in '{file.Partial}'."));
            throw;
        }
        messages.Print();
        Messages.Note(string.Create(
            CultureInfo.InvariantCulture, $"{cases.Count} cases, {regions} regions: {regions - failed} analysed, {failed} failed."));
    }

    private async Task<int> WriteAll(ResultWriter writer, IProgress<Progress>? progress, CancellationToken cancel)
    {
        var done = 0;
        progress?.Report(new("cases", 0, cases.Count));
        IReadOnlyList<RegionResult> Extract(CaseSource source, CancellationToken token)
        {
            var results = source.Extract(plan, isOneOfMany: true, token);
            progress?.Report(new("cases", Interlocked.Increment(ref done), cases.Count));
            return results;
        }
        await foreach (var results in InOrder.Select(cases, options.Parallel, Extract, cancel))
        {
            foreach (var result in results)
                Write(writer, result, result.Roi.Length > 0 ? $"{result.Case}, {result.Roi}" : result.Case);
        }
        return done;
    }

    private void Write(ResultWriter writer, RegionResult result, string name)
    {
        writer.Write(result);
        regions++;
        messages.Add(result, name);
        failed += result.Failure is null ? 0 : 1;
    }
}
