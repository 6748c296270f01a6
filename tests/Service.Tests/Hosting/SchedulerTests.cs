using Microsoft.Extensions.Logging.Abstractions;
using RadiogenomicsCloud.Service.Hosting;

namespace RadiogenomicsCloud.Service.Tests.Hosting;

public sealed class SchedulerTests
{
    [Fact]
    public async Task Trouble_of_one_is_noted_and_keeps_nothing_from_being_done_again()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var (well, troubled) = (0, 0);
        var scheduler = new Scheduler(
            [
                new("well", TimeSpan.FromMilliseconds(10), _ =>
                {
                    well++;
                    return Task.CompletedTask;
                }),
                new("troubled", TimeSpan.FromMilliseconds(10), _ => ++troubled < 3 ? throw new StorageException("storage.io", "Away.") : DoneIf(well >= 2, stop)),
            ],
            TimeProvider.System, NullLogger<Scheduler>.Instance);
        await scheduler.Run(stop.Token);
        Assert.True(well >= 2);
        Assert.True(troubled >= 3);
        Assert.Equal(["well", "troubled"], scheduler.Statuses.Select(s => s.Name));
        Assert.Null(scheduler.Statuses[0].Trouble);
        Assert.NotNull(scheduler.Statuses[0].Last);
    }

    [Fact]
    public async Task The_last_trouble_is_shown_until_it_is_over()
    {
        using var stop = new CancellationTokenSource();
        var scheduler = new Scheduler(
            [new("troubled", TimeSpan.FromHours(1), _ => throw new InvalidOperationException("secret"))], TimeProvider.System, NullLogger<Scheduler>.Instance);
        var running = scheduler.Run(stop.Token);
        Assert.Equal("service.bug", Assert.Single(scheduler.Statuses).Trouble!.Code);
        Assert.DoesNotContain("secret", scheduler.Statuses[0].Trouble!.Message, StringComparison.Ordinal);
        await stop.CancelAsync();
        await running;
    }

    private static Task DoneIf(bool enough, CancellationTokenSource stop)
    {
        if (enough)
            stop.Cancel();
        return Task.CompletedTask;
    }
}
