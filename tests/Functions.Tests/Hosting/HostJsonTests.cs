using System.Reflection;
using System.Text.Json;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Functions.Tests.Hosting;

public sealed class HostJsonTests
{
    private static readonly JsonElement Host = Read();

    private static JsonElement Durable => Host.GetProperty("extensions").GetProperty("durableTask");

    private static JsonElement Provider => Durable.GetProperty("storageProvider");

    /// <summary>So that instances say which release began them, and an older worker leaves those of a newer one alone.</summary>
    [Fact]
    public void Instances_carry_the_version_of_the_product() => Assert.Equal(
        typeof(CanonicalJson).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
        Durable.GetProperty("defaultVersion").GetString());

    [Fact]
    public void Visibility_is_at_least_the_minute_below_which_the_host_does_not_start()
    {
        Assert.InRange(Time("controlQueueVisibilityTimeout"), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(60));
        Assert.InRange(Time("workItemQueueVisibilityTimeout"), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(60));
    }

    [Fact]
    public void Polling_is_no_slower_than_Flex_Consumption_takes() => Assert.InRange(Time("maxQueuePollingInterval"), TimeSpan.Zero, TimeSpan.FromSeconds(10));

    [Fact]
    public void Partitions_are_as_many_as_the_backend_takes() => Assert.InRange(Provider.GetProperty("partitionCount").GetInt32(), 1, 16);

    /// <summary>An instance of 4096 MB has two cores.</summary>
    [Fact]
    public void One_activity_runs_on_a_core() => Assert.Equal(2, Durable.GetProperty("maxConcurrentActivityFunctions").GetInt32());

    private static TimeSpan Time(string name) => TimeSpan.Parse(Provider.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    private static JsonElement Read()
    {
        using var stream = typeof(HostJsonTests).Assembly.GetManifestResourceStream("host.json")!;
        return JsonDocument.Parse(stream).RootElement.Clone();
    }
}
