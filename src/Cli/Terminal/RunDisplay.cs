using Spectre.Console;
using Progress = RadiogenomicsCloud.Pipeline.Progress;

namespace RadiogenomicsCloud.Cli.Terminal;

/// <summary>Shows a run's progress on standard error: bars on a terminal, a plain line a stage elsewhere.</summary>
internal static class RunDisplay
{
    public static async Task<T> Show<T>(Func<IProgress<Progress>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
            return await work(new PlainLines());

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress()
            .AutoClear(false)
            .HideCompleted(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new SpinnerColumn())
            .StartAsync(context => work(new Bars(console, context)));
    }

    /// <summary>One bar a stage, made when the stage first reports.</summary>
    private sealed class Bars(IAnsiConsole console, ProgressContext context) : IProgress<Progress>
    {
        private readonly NewNotes notes = new();
        private readonly Lock gate = new();
        private readonly Dictionary<string, ProgressTask> bars = new(StringComparer.Ordinal);

        public void Report(Progress value)
        {
            lock (gate)
            {
                foreach (var note in notes.Of(value))
                    console.WriteLine(note);
                if (!bars.TryGetValue(value.Stage, out var bar))
                    bars[value.Stage] = bar = context.AddTask(Markup.Escape(value.Stage), maxValue: Math.Max(1, value.Total));
                bar.MaxValue = Math.Max(1, value.Total);
                bar.Value = value.Total == 0 ? 1 : value.Done;
                if (bar.IsFinished)
                    bar.StopTask(); // Its time stands still from here on.
            }
        }
    }

    /// <summary>A line when a stage begins, at each tenth of it, and when it ends.</summary>
    private sealed class PlainLines : IProgress<Progress>
    {
        private readonly NewNotes notes = new();
        private readonly Lock gate = new();
        private readonly Dictionary<string, int> tenths = new(StringComparer.Ordinal);

        public void Report(Progress value)
        {
            lock (gate)
            {
                foreach (var note in notes.Of(value))
                    Console.Error.WriteLine(note);
                var tenth = value.Total == 0 ? 10 : 10 * value.Done / value.Total;
                if (tenths.TryGetValue(value.Stage, out var shown) && shown >= tenth)
                    return;
                tenths[value.Stage] = tenth;
                Console.Error.WriteLine(value.Total == 0 ? value.Stage : $"{value.Stage}: {value.Done} of {value.Total}");
            }
        }
    }

    /// <summary>Each note once, whoever repeats it.</summary>
    private sealed class NewNotes
    {
        private readonly HashSet<string> shown = new(StringComparer.Ordinal);

        public List<string> Of(Progress value) => [.. (value.Notes ?? []).Where(shown.Add).Select(note => $"warning: {note}")];
    }
}
